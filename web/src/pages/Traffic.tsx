import { Select, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Schemas } from "../api";
import { Chart } from "../overview/Chart";
import { Numbers, useTraffic } from "../overview/Traffic";
import { requests, share, size, spans, sum, together, type Days } from "../overview/traffic";
import { Choice, useFilters } from "../parts/filters";
import { Empty, Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { registryNames } from "../queries";

/** What registries answered over time, and how much of it without an upstream. */
export function Page() {
  useTitle("Traffic");
  const filters = useFilters();
  const names = useQuery(registryNames);
  const registry = filters.get("registry");
  const days = spans.find((one) => one.value === filters.get("days"))?.value ?? "1";
  return (
    <>
      <div className="head">
        <h1>Traffic</h1>
      </div>
      <div className="tools">
        <Choice filters={filters} name="days" label="Time" data={spans} />
        <Select
          label="Registry"
          placeholder="All of the workspace"
          data={names.data ?? []}
          value={registry || null}
          clearable
          clearButtonProps={{ "aria-label": "All registries" }}
          onChange={(name) => filters.set("registry", name ?? "")}
        />
      </div>
      <Shown days={days} registry={registry} />
    </>
  );
}

function Shown({ days, registry }: { days: Days; registry: string }) {
  const query = useTraffic(days, registry);
  if (query.isPending) {
    return <Waiting what="the traffic" />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const { points, registries } = query.data;
  const first = registries[0];
  return (
    <div className="stack">
      <Numbers all={sum(points)} to={first ? `/registries/${first.registry}` : "/registries"} />
      <div className="card padded">
        <Chart traffic={query.data} />
      </div>
      <section className="card">
        <h2 className="card-head">By registry</h2>
        {first ? (
          <div className="scroll">
            <Table aria-label="By registry">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Registry</Table.Th>
                  <Table.Th scope="col">Requests</Table.Th>
                  <Table.Th scope="col">From here</Table.Th>
                  <Table.Th scope="col">Fetched first</Table.Th>
                  <Table.Th scope="col">Had it already</Table.Th>
                  <Table.Th scope="col">Sent</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {registries.map((one) => (
                  <Row key={one.registry} one={one} />
                ))}
              </Table.Tbody>
            </Table>
          </div>
        ) : (
          <Empty title="Nothing was asked for in this time">
            A client that installs from a registry here shows within seconds.
          </Empty>
        )}
      </section>
    </div>
  );
}

function Row({ one }: { one: Schemas["TrafficOfRegistry"] }) {
  const all = together(one);
  return (
    <Table.Tr>
      <Table.Td>
        <Link className="row-name" to={`/registries/${one.registry}`}>
          {one.registry}
        </Link>
      </Table.Td>
      <Table.Td>{requests(all).toLocaleString("en")}</Table.Td>
      <Table.Td>
        {all.hits.toLocaleString("en")} <span className="quiet">({share(all)})</span>
      </Table.Td>
      <Table.Td>{all.misses.toLocaleString("en")}</Table.Td>
      <Table.Td>{all.notModified.toLocaleString("en")}</Table.Td>
      <Table.Td>{size(all.bytes)}</Table.Td>
    </Table.Tr>
  );
}
