import { Table } from "@mantine/core";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { State } from "../parts/badges";
import { List, useParts } from "../parts/List";

/** What people decided about single versions. */
export function Decisions({ registry }: { registry: Schemas["Registry"] }) {
  const list = useParts(["decisions", registry.name], (from) =>
    result(
      api.GET("/registries/{registry}/decisions", {
        params: { path: { registry: registry.name }, query: { limit: 20, ...from } },
      }),
    ),
  );
  return (
    <section>
      <h2 className="part">Decided by people</h2>
      <List
        title="Decided by people"
        parts={list}
        empty={{
          title: "Nobody has decided about a version here",
          hint: "A version that is quarantined or released by hand stands here, with the reason.",
        }}
        head={
          <>
            <Table.Th scope="col">Version</Table.Th>
            <Table.Th scope="col">Reason</Table.Th>
            <Table.Th scope="col">It is</Table.Th>
          </>
        }
        row={(one) => (
          <Table.Tr key={`${one.name}@${one.version}`}>
            <Table.Td>
              <Link className="row-name" to={`?package=${encodeURIComponent(one.name)}`}>
                {one.name}@{one.version}
              </Link>
            </Table.Td>
            <Table.Td>
              <div className="words">{one.reason}</div>
              <div className="quiet">
                {one.by} <Ago at={one.at} />
              </div>
            </Table.Td>
            <Table.Td>
              <State state={one.state} />
            </Table.Td>
          </Table.Tr>
        )}
      />
    </section>
  );
}
