import { SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { type Schemas } from "../api";

export type Protocol = "oidc" | "saml";

/** What the provider speaks. */
export function ProtocolChoice({ protocol, set }: { protocol: Protocol; set: (protocol: Protocol) => void }) {
  return (
    <SegmentedControl
      aria-label="What the provider speaks"
      data={[
        { value: "oidc", label: "OpenID Connect" },
        { value: "saml", label: "SAML 2.0" },
      ]}
      value={protocol}
      onChange={(value) => set(value as Protocol)}
    />
  );
}

/** What a provider that speaks SAML is known by: its metadata, or what they say, written out. */
export function SamlFields({ settings }: { settings: Schemas["ProviderSettings"] | null }) {
  const saml = settings?.saml ?? null;
  return (
    <>
      <Textarea
        name="metadata"
        label="Its metadata"
        description="Paste the XML that the provider offers. It fills in entity ID, address and certificates."
        placeholder={saml ? "What is filled in below stays" : "<md:EntityDescriptor …"}
        rows={4}
        spellCheck={false}
      />
      <TextInput
        name="issuer"
        label="Its entity ID"
        description="Leave these three empty if you paste metadata."
        defaultValue={saml ? settings?.issuer : ""}
      />
      <TextInput
        name="signOn"
        label="Its address for sign-ins"
        description="The one for HTTP-Redirect."
        placeholder="https://id.example.com/saml/sso"
        defaultValue={saml?.signOn ?? ""}
      />
      <Textarea
        name="certificates"
        label="Certificates that it signs by"
        description="In PEM, one below the other: the old one and the new one while it changes them."
        placeholder="-----BEGIN CERTIFICATE-----"
        defaultValue={saml?.certificates ?? ""}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
      />
      <div className="tools">
        <TextInput
          className="grow"
          name="nameClaim"
          label="Attribute with the user name"
          defaultValue={saml ? settings?.nameClaim : "uid"}
          required
        />
        <TextInput
          className="grow"
          name="groupsClaim"
          label="Attribute with the groups"
          defaultValue={saml ? settings?.groupsClaim : "groups"}
          required
        />
        <TextInput
          className="grow"
          name="subject"
          label="Attribute that says who they are"
          placeholder="The NameID does"
          defaultValue={saml?.subject ?? ""}
        />
      </div>
    </>
  );
}

/** What of a form is about SAML alone. */
export function samlPart(text: (name: string) => string) {
  const metadata = text("metadata");
  return {
    ...(text("issuer") === "" ? {} : { issuer: text("issuer") }),
    saml: {
      subject: text("subject"),
      ...(metadata === "" ? { signOn: text("signOn"), certificates: text("certificates") } : { metadata }),
    },
  };
}
