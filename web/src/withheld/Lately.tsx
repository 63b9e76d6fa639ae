import { Table } from "@mantine/core";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { State } from "../parts/badges";
import { List, useParts } from "../parts/List";

/** What a registry began to withhold in the last day, as many as the overview counts. */
export function Lately({ registry }: { registry: Schemas["Registry"] }) {
  const list = useParts(["withheld", registry.name], (from) =>
    result(
      api.GET("/registries/{registry}/withheld", {
        params: { path: { registry: registry.name }, query: { hours: 24, ...from } },
      }),
    ),
  );
  return (
    <section>
      <h2 className="part">Newly withheld in the last day</h2>
      <List
        title="Newly withheld in the last day"
        parts={list}
        empty={{
          title: "Nothing new was withheld in the last day",
          hint: "What a document left out that somebody asked for, and had not before, stands here.",
        }}
        head={
          <>
            <Table.Th scope="col">Version</Table.Th>
            <Table.Th scope="col">Why</Table.Th>
            <Table.Th scope="col">Since</Table.Th>
          </>
        }
        row={(one) => (
          <Table.Tr key={`${one.name}@${one.version}`}>
            <Table.Td>
              <Link
                className="row-name"
                to={`?package=${encodeURIComponent(one.name)}&version=${encodeURIComponent(one.version)}`}
              >
                {one.name}@{one.version}
              </Link>
              <div>
                <State state={one.ended === null ? one.verdict : "served"} />
              </div>
            </Table.Td>
            <Table.Td>
              <div className="words">
                {one.sentence} {one.policy && <span className="quiet">({one.policy})</span>}
              </div>
            </Table.Td>
            <Table.Td>
              <Ago at={one.since} />
            </Table.Td>
          </Table.Tr>
        )}
      />
    </section>
  );
}
