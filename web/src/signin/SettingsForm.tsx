import { Alert, Button, Checkbox, Fieldset, PasswordInput, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Refused } from "../parts/States";
import { queries } from "../queries";
import { Groups, type Group } from "./Groups";

const FACTORS = [
  { value: "never", label: "Never: people set up one here" },
  { value: "claimed", label: "Where it says that it asked for one (amr: mfa)" },
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

/** The settings, as they were when they were opened; an edit of somebody else's meanwhile is not undone. */
export function SettingsForm({ settings, tag }: { settings: Schemas["ProviderSettings"] | null; tag: string }) {
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
        issuer: text("issuer"),
        clientId: text("clientId"),
        scopes: text("scopes").split(/\s+/),
        nameClaim: text("nameClaim"),
        groupsClaim: text("groupsClaim"),
        roles: Object.fromEntries(groups.map((one) => [one.group.trim(), one.role])),
        fallback: fallback === "" ? null : (fallback as "read-only" | "developer"),
        secondFactor: factor as "never" | "claimed" | "always",
        linking: form.get("linking") === "on",
        passwords: form.get("passwords") === "on",
        ...(secret === "" ? {} : { secret }),
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
      <TextInput
        name="issuer"
        label="Issuer"
        description="Its address, exactly as its discovery document writes it."
        placeholder="https://id.example.com/realms/acme"
        defaultValue={settings?.issuer ?? ""}
        required
      />
      <div className="tools">
        <TextInput className="grow" name="clientId" label="Client ID" defaultValue={settings?.clientId ?? ""} required />
        <PasswordInput
          className="grow"
          name="secret"
          label="Client secret"
          placeholder={settings?.secret ? "Kept as it is" : ""}
          autoComplete="off"
        />
      </div>
      <div className="tools">
        <TextInput
          className="grow"
          name="scopes"
          label="Scopes"
          defaultValue={settings?.scopes.join(" ") ?? "openid profile email"}
          required
        />
        <TextInput
          className="grow"
          name="nameClaim"
          label="Claim with the user name"
          defaultValue={settings?.nameClaim ?? "preferred_username"}
          required
        />
        <TextInput
          className="grow"
          name="groupsClaim"
          label="Claim with the groups"
          defaultValue={settings?.groupsClaim ?? "groups"}
          required
        />
      </div>
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
          Ask the provider, and save
        </Button>
      </div>
    </form>
  );
}
