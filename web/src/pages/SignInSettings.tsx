import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, tagged } from "../api";
import { Command } from "../parts/Command";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { useMe } from "../queries";
import { Links } from "../signin/Links";
import { Remove } from "../signin/Remove";
import { SettingsForm } from "../signin/SettingsForm";

/** Where the people of the workspace sign in besides. */
export function Page() {
  useTitle("Single sign-on");
  const me = useMe();
  const owner = me.data?.rights.includes("manage-owners") ?? false;
  return (
    <>
      <div className="head">
        <h1>Single sign-on</h1>
      </div>
      {owner ? (
        <Settings />
      ) : (
        <Alert color="gray" title="Only owners set this up" role="status">
          Ask an owner of the workspace.
        </Alert>
      )}
    </>
  );
}

function Settings() {
  const provider = useQuery({
    queryKey: ["provider"],
    queryFn: () => tagged(api.GET("/provider")),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  if (provider.isPending) {
    return <Waiting what="the settings" />;
  }
  if (provider.isError) {
    return <Refused error={provider.error} retry={() => void provider.refetch()} />;
  }
  const { value, tag } = provider.data;
  if (!value.redirect) {
    return (
      <Alert color="orange" title="This server does not know how people address it" role="status">
        A provider sends people back to an address that it knows. Whoever runs this server sets{" "}
        <code>server.base-url</code> in its configuration and starts it again.
      </Alert>
    );
  }
  return (
    <div className="stack">
      <section className="card padded stack">
        <h2>At your provider</h2>
        <p className="quiet">
          Make a client there for a web application, with the authorization code flow, and let it send
          people back to this address:
        </p>
        <Command label="The redirect address" text={value.redirect} />
        {value.logout && (
          <>
            <p className="quiet">
              If it can tell clients that a session is over (back-channel logout), it does so here, and sessions that
              came from it end:
            </p>
            <Command label="The logout address" text={value.logout} />
          </>
        )}
      </section>
      <SettingsForm key={tag} settings={value.settings} tag={tag} />
      {value.settings && <Links />}
      {value.settings && <Remove name={value.settings.name} />}
    </div>
  );
}
