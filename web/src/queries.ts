import { QueryCache, MutationCache, QueryClient, useQuery } from "@tanstack/react-query";
import { api, Refusal, result, tagged, type Schemas } from "./api";
import { addressIn, isAddressOf, showWorkspace, shownWorkspace } from "./workspace";

/** A session that has ended leads to the sign-in, wherever that shows. */
function noticeEnd(error: unknown) {
  if (error instanceof Refusal && error.status === 401) {
    queries.setQueryData(["me"], null);
  }
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) =>
        count < 2 && error instanceof Refusal && (error.status === 0 || error.status >= 502),
    },
  },
});

/** Somebody else is signed in now, or nobody: what the one before has seen is forgotten. */
export function signedInAs(me: Schemas["Me"] | null) {
  if (me !== null) {
    showWorkspace(me.workspace);
  }
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "me" });
  queries.setQueryData(["me"], me);
}

/** Somebody has just signed in: to the page at `path`, which loads anew if it is of another workspace. */
export function enter(me: Schemas["Me"], path: string, go: (path: string) => unknown) {
  if (isAddressOf(me.workspace)) {
    signedInAs(me);
    go(path);
  } else {
    window.location.assign(addressIn(me.workspace, path));
  }
}

/** Who is signed in; null if nobody is. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    queryFn: async (): Promise<Schemas["Me"] | null> => {
      try {
        const me = await result(api.GET("/me"));
        if (shownWorkspace() === null) {
          showWorkspace(me.workspace);
        }
        return me;
      } catch (error) {
        if (error instanceof Refusal && error.status === 401) {
          return null;
        }
        throw error;
      }
    },
    staleTime: 60_000,
  });
}

/** What those need to know who are not in yet; an empty workspace is the default one. */
export function useSignInOptions(workspace: string) {
  return useQuery({
    queryKey: ["sign-in", workspace],
    queryFn: () =>
      result(api.GET("/sign-in", { params: { query: workspace ? { workspace } : {} } })),
    staleTime: 60_000,
  });
}

export function useRegistry(registry: string) {
  return useQuery({
    queryKey: ["registry", registry],
    queryFn: () => tagged(api.GET("/registries/{registry}", { params: { path: { registry } } })),
  });
}

/** The registries that one may read, by name. */
export const registryNames = {
  queryKey: ["registry-names"],
  queryFn: async () => {
    const page = await result(api.GET("/registries", { params: { query: { limit: 200 } } }));
    return page.items.map((one) => one.name);
  },
};

/** After a change of an issue. */
export async function issueChanged() {
  await Promise.all(
    ["issue", "issues", "overview"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
  );
}

/** After a change of a registry: everything that shows it is asked again. */
export async function registryChanged() {
  await Promise.all(
    ["registry", "registries", "registry-names", "upstreams", "policies", "licence-policies", "packages", "package"].map((key) =>
      queries.invalidateQueries({ queryKey: [key] }),
    ),
  );
}
