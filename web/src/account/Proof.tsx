import { Alert, Button, PasswordInput } from "@mantine/core";
import { api, result } from "../api";
import { Refused } from "../parts/States";
import { useMe } from "../queries";
import { useOwnProvider, useWayToProvider } from "../signin/useProvider";

/** How somebody shows that it is they who sit here. Whoever has just come by the provider has done so. */
export function useProof(): "password" | "provider" | "done" {
  const own = useOwnProvider().data;
  if (own?.fresh) {
    return "done";
  }
  return own?.provided ? "provider" : "password";
}

/** A form's field for the password, or, for whoever has none, the way to the provider. */
export function Proof({ name, label }: { name: string; label: string }) {
  const proof = useProof();
  const own = useOwnProvider();
  if (proof === "done" || own.isPending) {
    return null;
  }
  return proof === "provider" ? (
    <Again />
  ) : (
    <PasswordInput name={name} label={label} autoComplete="current-password" required />
  );
}

/** Leads back to this page. */
function Again() {
  const me = useMe();
  const provider = useOwnProvider().data?.name ?? "";
  const way = useWayToProvider(() =>
    result(api.POST("/sign-in/provider", { body: { to: "/account", workspace: me.data?.workspace ?? "" } })),
  );
  return (
    <Alert title="Your account has no password">
      {way.isError && <Refused error={way.error} />}
      <p>Sign in with {provider} again; then you can do this for ten minutes.</p>
      <Button variant="default" loading={way.isPending || way.isSuccess} onClick={() => way.mutate()}>
        Sign in again
      </Button>
    </Alert>
  );
}
