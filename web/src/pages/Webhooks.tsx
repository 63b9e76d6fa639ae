import { Badge, Button, Modal, Table } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { List, useParts } from "../parts/List";
import { Refused } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { queries } from "../queries";
import { Deliveries } from "../webhooks/Deliveries";
import { NewWebhook } from "../webhooks/NewWebhook";

type Webhook = Schemas["Webhook"];
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
        <NewWebhook added={refresh} close={dialog.close} />
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
