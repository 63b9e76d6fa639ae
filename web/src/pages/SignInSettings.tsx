import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, tagged, type Schemas } from "../api";
import { Command } from "../parts/Command";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { useMe } from "../queries";
import { Links } from "../signin/Links";
import { Remove } from "../signin/Remove";
import { ProtocolChoice, type Protocol } from "../signin/SamlFields";
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
  return <Provider key={tag} provider={value} tag={tag} />;
}

function Provider({ provider, tag }: { provider: Schemas["Provider"]; tag: string }) {
  const { settings } = provider;
  const [protocol, setProtocol] = useState<Protocol>(settings?.saml ? "saml" : "oidc");
  return (
    <div className="stack">
      <section className="card padded stack">
        <h2>At your provider</h2>
        <ProtocolChoice protocol={protocol} set={setProtocol} />
        {protocol === "saml" ? <ForSaml provider={provider} /> : <ForOpenId provider={provider} />}
      </section>
      <SettingsForm key={protocol} settings={settings} tag={tag} protocol={protocol} />
      {settings && <Links />}
      {settings && <Remove name={settings.name} />}
    </div>
  );
}

function ForOpenId({ provider }: { provider: Schemas["Provider"] }) {
  return (
    <>
      <p className="quiet">
        Make a client there for a web application, with the authorization code flow, and let it send people back to
        this address:
      </p>
      {provider.redirect && <Command label="The redirect address" text={provider.redirect} />}
      {provider.logout && (
        <>
          <p className="quiet">
            If it can tell clients that a session is over (back-channel logout), it does so here, and sessions that came
            from it end:
          </p>
          <Command label="The logout address" text={provider.logout} />
        </>
      )}
    </>
  );
}

function ForSaml({ provider }: { provider: Schemas["Provider"] }) {
  return (
    provider.saml && (
      <>
        <p className="quiet">
          Make an application there, by the metadata at this address, or by hand. It must sign assertions, with RSA and
          SHA-256, and send a persistent NameID and the groups.
        </p>
        <Command label="The metadata" text={provider.saml.metadata} />
        <p className="quiet">By hand, its answers go to this address, by the POST binding (ACS):</p>
        <Command label="The address for answers" text={provider.saml.answers} />
        <p className="quiet">And we are called, as entity ID and audience:</p>
        <Command label="The entity ID" text={provider.saml.entityId} />
      </>
    )
  );
}
