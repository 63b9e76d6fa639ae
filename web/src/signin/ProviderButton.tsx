import { Button } from "@mantine/core";
import { api, result } from "../api";
import { ownPath } from "../parts/safely";
import { Refused } from "../parts/States";
import { useProviderOptions, useWayToProvider } from "./useProvider";

/** The way in by the provider of a workspace, where it has one. */
export function ProviderButton({ workspace, to }: { workspace: string; to: string | null }) {
  const options = useProviderOptions(workspace);
  const way = useWayToProvider(() =>
    result(api.POST("/sign-in/provider", { body: { to: ownPath(to), ...(workspace ? { workspace } : {}) } })),
  );
  if (!options.data?.name) {
    return null;
  }
  const { name, passwords, signOut } = options.data;
  return (
    <div className="stack">
      {way.isError && <Refused error={way.error} />}
      <Button variant="default" loading={way.isPending || way.isSuccess} onClick={() => way.mutate()}>
        Sign in with {name}
      </Button>
      {!passwords && <p className="quiet">Passwords are for owners here; everybody else signs in with {name}.</p>}
      {signOut && /^https?:/.test(signOut) && (
        <a className="quiet" href={signOut} rel="noreferrer">
          Sign out of {name}
        </a>
      )}
    </div>
  );
}
