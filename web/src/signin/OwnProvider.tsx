import { Badge, Button } from "@mantine/core";
import { api, result } from "../api";
import { Refused } from "../parts/States";
import { useOwnProvider, useWayToProvider } from "./useProvider";

/** Linking the account that one is signed in to with oneself at the provider. */
export function OwnProvider() {
  const own = useOwnProvider();
  const way = useWayToProvider(() => result(api.POST("/me/provider", { body: {} })));
  if (!own.data?.name) {
    return null;
  }
  const { name, linked, linking } = own.data;
  return (
    <section className="card padded stack">
      <div className="chips">
        <h2>Signing in with {name}</h2>
        {linked && (
          <Badge variant="light" color="green">
            linked
          </Badge>
        )}
      </div>
      {way.isError && <Refused error={way.error} />}
      <p className="quiet">
        {linked
          ? "Your account is linked. Your role comes from your groups there, each time that you sign in by it."
          : linking
            ? "Link your account, and you can sign in by it. Your role then comes from your groups there."
            : "An admin can link your account, so that you can sign in by it."}
      </p>
      {linking && !linked && (
        <div>
          <Button variant="default" loading={way.isPending || way.isSuccess} onClick={() => way.mutate()}>
            Link my account
          </Button>
        </div>
      )}
    </section>
  );
}
