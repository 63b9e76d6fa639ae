import { useMutation, useQuery } from "@tanstack/react-query";
import { api, result } from "../api";

/** How people sign in by the provider of a workspace; an empty one is the default one. */
export function useProviderOptions(workspace: string) {
  return useQuery({
    queryKey: ["sign-in", "provider", workspace],
    queryFn: () =>
      result(api.GET("/sign-in/provider", { params: { query: workspace ? { workspace } : {} } })),
    staleTime: 60_000,
  });
}

/** How one's own account stands with the provider. */
export function useOwnProvider() {
  return useQuery({ queryKey: ["own-provider"], queryFn: () => result(api.GET("/me/provider")) });
}

/** Goes to the provider, to sign in or to link the account that one is signed in to. */
export function useWayToProvider(begin: () => Promise<{ address: string }>) {
  return useMutation({
    mutationFn: begin,
    onSuccess: ({ address }) => {
      // Nothing but an address of the web leads anywhere.
      if (/^https?:/.test(address)) {
        window.location.assign(address);
      }
    },
  });
}
