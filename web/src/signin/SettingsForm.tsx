import { Alert, Button, Checkbox, Fieldset, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Refused } from "../parts/States";
import { queries } from "../queries";
import { Groups, type Group } from "./Groups";
import { OpenIdFields, openIdPart } from "./OpenIdFields";
import { SamlFields, samlPart, type Protocol } from "./SamlFields";

const FACTORS = [
  { value: "never", label: "Never: people set up one here" },
  { value: "claimed", label: "Where it says that it asked for one" },
  { value: "always", label: "Always: it asks everybody for one" },
];
const FALLBACKS = [
  { value: "", label: "Nobody: they are refused" },
  { value: "read-only", label: "Read-only: installs" },
  { value: "developer", label: "Developer: installs and publishes" },
];

const USUAL: Group[] = [
  { group: "npm-admins", role: "admin" },
  { group: "npm-users", role: "developer" },
];

type Change = Schemas["ProviderSettingsChange"];

interface Props {
  settings: Schemas["ProviderSettings"] | null;
  tag: string;
  protocol: Protocol;
}

/** The settings, as they were when they were opened; an edit of somebody else's meanwhile is not undone. */
export function SettingsForm({ settings, tag, protocol }: Props) {
  const [groups, setGroups] = useState<Group[]>(
    settings ? Object.entries(settings.roles).map(([group, role]) => ({ group, role })) : USUAL,
  );
  const [factor, setFactor] = useState<string>(settings?.secondFactor ?? "never");
  const [fallback, setFallback] = useState<string>(settings?.fallback ?? "");
  const save = useMutation({
    mutationFn: (form: FormData) => {
      const text = (name: string) => String(form.get(name) ?? "").trim();
      const secret = String(form.get("secret") ?? "");
      const body: Change = {
        name: text("name"),
        nameClaim: text("nameClaim"),
        groupsClaim: text("groupsClaim"),
        roles: Object.fromEntries(groups.map((one) => [one.group.trim(), one.role])),
        fallback: fallback === "" ? null : (fallback as "read-only" | "developer"),
        secondFactor: factor as "never" | "claimed" | "always",
        linking: form.get("linking") === "on",
        passwords: form.get("passwords") === "on",
        ...(protocol === "saml" ? samlPart(text) : openIdPart(text, secret)),
      };
      return result(api.PUT("/provider", { params: { header: { "If-Match": tag } }, body }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["sign-in"] });
      await queries.invalidateQueries({ queryKey: ["own-provider"] });
    },
  });
  return (
    <form
      className="card padded stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(new FormData(event.currentTarget), {
          onSuccess: () => void queries.invalidateQueries({ queryKey: ["provider"] }),
        });
      }}
    >
      <h2>The provider</h2>
      {save.isError && <Refused error={save.error} />}
      {settings && !save.isError && (
        <Alert color="green" title={`People can sign in with ${settings.name}`} role="status" />
      )}
      <TextInput
        name="name"
        label="Name"
        description="The button on the sign-in page says: Sign in with this."
        defaultValue={settings?.name ?? ""}
        required
      />
      {protocol === "saml" ? <SamlFields settings={settings} /> : <OpenIdFields settings={settings} />}
      <Groups groups={groups} set={setGroups} />
      <Select
        label="Who is in none of these groups"
        data={FALLBACKS}
        value={fallback}
        allowDeselect={false}
        onChange={(value) => setFallback(value ?? "")}
      />
      <Select
        label="Its second factor counts here"
        data={FACTORS}
        value={factor}
        allowDeselect={false}
        onChange={(value) => setFactor(value ?? "never")}
      />
      <Fieldset legend="Accounts that are here already">
        <div className="stack">
          <Checkbox
            name="linking"
            label="People may link the account that they are signed in to"
            description="An admin can link one for them in any case. Nobody gets an account by its name or mail address."
            defaultChecked={settings?.linking ?? true}
          />
          <Checkbox
            name="passwords"
            label="Everybody may sign in by password besides"
            description="Owners always may, so that nobody is locked out."
            defaultChecked={settings?.passwords ?? true}
          />
        </div>
      </Fieldset>
      <div>
        <Button type="submit" loading={save.isPending}>
          {protocol === "saml" ? "Save" : "Ask the provider, and save"}
        </Button>
      </div>
    </form>
  );
}
