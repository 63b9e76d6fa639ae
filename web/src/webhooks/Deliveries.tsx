import { Button, Table } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result } from "../api";
import { Ago } from "../parts/Ago";
import { List, useParts } from "../parts/List";
import { Refused } from "../parts/States";
import { queries } from "../queries";

/** What was sent lately, and sending it again. */
export function Deliveries({ name }: { name: string }) {
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
