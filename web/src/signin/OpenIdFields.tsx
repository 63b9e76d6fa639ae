import { PasswordInput, TextInput } from "@mantine/core";
import { type Schemas } from "../api";

/** What a provider that speaks OpenID Connect is known by. */
export function OpenIdFields({ settings }: { settings: Schemas["ProviderSettings"] | null }) {
  const before = settings?.saml ? null : settings;
  return (
    <>
      <TextInput
        name="issuer"
        label="Issuer"
        description="Its address, exactly as its discovery document writes it."
        placeholder="https://id.example.com/realms/acme"
        defaultValue={before?.issuer ?? ""}
        required
      />
      <div className="tools">
        <TextInput className="grow" name="clientId" label="Client ID" defaultValue={before?.clientId ?? ""} required />
        <PasswordInput
          className="grow"
          name="secret"
          label="Client secret"
          placeholder={before?.secret ? "Kept as it is" : ""}
          autoComplete="off"
        />
      </div>
      <div className="tools">
        <TextInput
          className="grow"
          name="scopes"
          label="Scopes"
          defaultValue={before?.scopes.join(" ") ?? "openid profile email"}
          required
        />
        <TextInput
          className="grow"
          name="nameClaim"
          label="Claim with the user name"
          defaultValue={before?.nameClaim ?? "preferred_username"}
          required
        />
        <TextInput
          className="grow"
          name="groupsClaim"
          label="Claim with the groups"
          defaultValue={before?.groupsClaim ?? "groups"}
          required
        />
      </div>
    </>
  );
}

/** What of a form is about OpenID Connect alone. */
export function openIdPart(text: (name: string) => string, secret: string) {
  return {
    issuer: text("issuer"),
    clientId: text("clientId"),
    scopes: text("scopes").split(/\s+/),
    ...(secret === "" ? {} : { secret }),
  };
}
