import { Alert, Badge, Button, Modal, MultiSelect, Select, Table, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Command } from "../parts/Command";
import { List, useParts } from "../parts/List";
import { Refused } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { queries } from "../queries";

type Webhook = Schemas["Webhook"];
type EventWord = Webhook["events"][number];

const EVENTS: EventWord[] = [
  "version.published",
  "version.quarantined",
  "issue.opened",
  "waiver.asked",
  "waiver.decided",
  "malware.found",
];

const FORMS: { value: Webhook["form"]; label: string }[] = [
  { value: "json", label: "JSON, for a program" },
  { value: "slack", label: "Slack" },
  { value: "teams", label: "Teams" },
];

function refresh() {
  return queries.invalidateQueries({ queryKey: ["webhooks"] });
}

/** Who outside is told what happens. */
export function Page() {
  useTitle("Webhooks");
  const [adding, dialog] = useDisclosure(false);
  const [shown, setShown] = useState<string | null>(null);
  const list = useParts(["webhooks"], (from) =>
    result(api.GET("/webhooks", { params: { query: from } })),
  );
  return (
    <>
      <div className="head">
        <h1>Webhooks</h1>
        <Button className="push" onClick={dialog.open}>
          Add a webhook
        </Button>
      </div>
      <List
        title="Webhooks"
        parts={list}
        empty={{
          title: "Nobody outside is told what happens here",
          hint: "A webhook tells a program, Slack or Teams of versions, issues, waivers and malware.",
        }}
        head={
          <>
            <Table.Th scope="col">Webhook</Table.Th>
            <Table.Th scope="col" className="wide-only">
              Told of
            </Table.Th>
            <Table.Th scope="col">
              <span className="wide-only">What to do</span>
            </Table.Th>
          </>
        }
        row={(one) => <Row key={one.name} webhook={one} show={() => setShown(one.name)} />}
      />
      <Modal opened={adding} onClose={dialog.close} title="Add a webhook">
        <NewWebhook close={dialog.close} />
      </Modal>
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={`Deliveries to ${shown ?? ""}`}
        size="xl"
      >
        {shown !== null && <Deliveries name={shown} />}
      </Modal>
    </>
  );
}

function Row({ webhook, show }: { webhook: Webhook; show: () => void }) {
  const path = { params: { path: { webhook: webhook.name } } };
  const change = useMutation({
    mutationFn: () =>
      result(api.PATCH("/webhooks/{webhook}", { ...path, body: { active: !webhook.active } })),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: () => result(api.DELETE("/webhooks/{webhook}", path)),
    onSettled: refresh,
  });
  return (
    <Table.Tr>
      <Table.Td>
        <span className="row-name">{webhook.name}</span>{" "}
        <span className="quiet">{webhook.origin}</span>
        <div className="chips">
          <Badge variant="light">{webhook.form}</Badge>
          {!webhook.active && (
            <Badge variant="light" color="red">
              off
            </Badge>
          )}
          {webhook.registries.map((one) => (
            <Badge key={one} variant="light" color="gray" tt="none">
              {one}
            </Badge>
          ))}
        </div>
        {change.isError && <Refused error={change.error} />}
        {remove.isError && <Refused error={remove.error} />}
      </Table.Td>
      <Table.Td className="wide-only">
        {webhook.events.length === 0 ? "Everything" : webhook.events.join(", ")}
      </Table.Td>
      <Table.Td>
        <div className="chips">
          <Button size="xs" variant="light" onClick={show} aria-label={`Deliveries to ${webhook.name}`}>
            Deliveries
          </Button>
          <Button
            size="xs"
            variant="light"
            loading={change.isPending}
            onClick={() => change.mutate()}
            aria-label={`Switch ${webhook.active ? "off" : "on"} ${webhook.name}`}
          >
            {webhook.active ? "Switch off" : "Switch on"}
          </Button>
          <Button
            size="xs"
            variant="light"
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate()}
            aria-label={`Remove ${webhook.name}`}
          >
            Remove
          </Button>
        </div>
      </Table.Td>
    </Table.Tr>
  );
}

/** What was sent lately, and sending it again. */
function Deliveries({ name }: { name: string }) {
  const key = ["webhooks", name, "deliveries"];
  const path = { webhook: name };
  const list = useParts(key, (from) =>
    result(api.GET("/webhooks/{webhook}/deliveries", { params: { path, query: from } })),
  );
  const send = useMutation({
    mutationFn: (again: number | null) =>
      result(
        api.POST("/webhooks/{webhook}/deliveries", {
          params: { path },
          body: again === null ? {} : { again },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  return (
    <div className="stack">
      <div className="chips">
        <Button size="xs" loading={send.isPending} onClick={() => send.mutate(null)}>
          Send a test
        </Button>
        <Button
          size="xs"
          variant="light"
          onClick={() => void queries.invalidateQueries({ queryKey: key })}
        >
          Look again
        </Button>
      </div>
      {send.isError && <Refused error={send.error} />}
      <List
        title="Deliveries"
        parts={list}
        empty={{ title: "Nothing was sent yet", hint: "A test tells nothing and shows whether it arrives." }}
        head={
          <>
            <Table.Th scope="col">Event</Table.Th>
            <Table.Th scope="col">What became of it</Table.Th>
            <Table.Th scope="col">Again</Table.Th>
          </>
        }
        row={(one) => (
          <Table.Tr key={one.id}>
            <Table.Td>
              {one.event} <Ago at={one.created} />
            </Table.Td>
            <Table.Td>
              {one.state}
              {one.status === null ? "" : `, ${one.status}`}
              <div className="quiet">{one.answer}</div>
            </Table.Td>
            <Table.Td>
              <Button
                size="xs"
                variant="light"
                onClick={() => send.mutate(one.id)}
                aria-label={`Send again: delivery ${one.id}`}
              >
                Send again
              </Button>
            </Table.Td>
          </Table.Tr>
        )}
      />
    </div>
  );
}

function NewWebhook({ close }: { close: () => void }) {
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [form, setForm] = useState<Webhook["form"]>("json");
  const [events, setEvents] = useState<string[]>([]);
  const [registries, setRegistries] = useState<string[]>([]);
  const known = useQuery({
    queryKey: ["registries", "names"],
    queryFn: () => result(api.GET("/registries", { params: { query: { limit: 200 } } })),
  });
  const create = useMutation({
    mutationFn: () =>
      result(
        api.POST("/webhooks", {
          body: {
            name: name.trim(),
            url: url.trim(),
            form,
            events: EVENTS.filter((one) => events.includes(one)),
            registries,
          },
        }),
      ),
    onSuccess: refresh,
  });
  if (create.data) {
    return (
      <div className="stack">
        <Alert color="orange" title="Copy it now">
          It signs every message, so that the receiver can tell whose it is. It is shown this once.
        </Alert>
        <Command label="The secret" text={create.data.secret} />
        <Button onClick={close}>Done</Button>
      </div>
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
      <MultiSelect
        label="Registries"
        description="None chosen: all of the workspace."
        data={(known.data?.items ?? []).map((one) => one.name)}
        value={registries}
        onChange={setRegistries}
        searchable
      />
      <Button type="submit" loading={create.isPending}>
        Add
      </Button>
    </form>
  );
}
