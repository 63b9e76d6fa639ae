import { Button, MultiSelect, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { RegistryChoice } from "../parts/RegistryChoice";
import { ShownOnce } from "../parts/ShownOnce";
import { useOnce } from "../parts/useOnce";
import { Refused } from "../parts/States";

type EventWord = Schemas["Webhook"]["events"][number];

const EVENTS: EventWord[] = [
  "version.published",
  "version.quarantined",
  "issue.opened",
  "waiver.asked",
  "waiver.decided",
  "malware.found",
];

const FORMS: { value: Schemas["Webhook"]["form"]; label: string }[] = [
  { value: "json", label: "JSON, for a program" },
  { value: "slack", label: "Slack" },
  { value: "teams", label: "Teams" },
];

/** Names a receiver and what it is told; then shows the secret that signs, once. */
export function NewWebhook({ added, close }: { added: () => void; close: () => void }) {
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [form, setForm] = useState<Schemas["Webhook"]["form"]>("json");
  const [events, setEvents] = useState<string[]>([]);
  const [registries, setRegistries] = useState<string[]>([]);
  const once = useOnce();
  const create = useMutation({
    mutationFn: () => {
      const body = {
        name: name.trim(),
        url: url.trim(),
        form,
        events: EVENTS.filter((one) => events.includes(one)),
        registries,
      };
      return result(api.POST("/webhooks", { params: { header: once.header(body) }, body }));
    },
    onSuccess: () => {
      once.done();
      return added();
    },
  });
  if (create.data) {
    return (
      <ShownOnce label="The secret" text={create.data.secret} close={close}>
        It signs every message, so that the receiver can tell whose it is. It is shown this once.
      </ShownOnce>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      {create.isError && <Refused error={create.error} />}
      <TextInput
        label="Name"
        description="Small letters, digits and dashes."
        maxLength={64}
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="URL"
        description="It is stored encrypted; only its beginning is shown."
        type="url"
        maxLength={2000}
        required
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Select
        label="Form"
        data={FORMS}
        value={form}
        onChange={(value) => setForm(FORMS.find((one) => one.value === value)?.value ?? "json")}
        allowDeselect={false}
      />
      <MultiSelect
        label="Events"
        description="None chosen: all."
        data={EVENTS}
        value={events}
        onChange={setEvents}
      />
      <RegistryChoice value={registries} onChange={setRegistries} />
      <Button type="submit" loading={create.isPending}>
        Add
      </Button>
    </form>
  );
}
