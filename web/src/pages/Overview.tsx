import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Empty, Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { useMe } from "../queries";
import { Health } from "../overview/Health";
import { Tile } from "../overview/Tile";
import { Traffic } from "../overview/Traffic";

type Shown = Schemas["Overview"];

/** The workspace at a glance: what needs somebody, and what goes on. */
export function Overview() {
  useTitle("Overview");
  const me = useMe();
  const query = useQuery({ queryKey: ["overview"], queryFn: () => result(api.GET("/overview")) });
  if (query.isPending) {
    return <Waiting what="the overview" />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const shown = query.data;
  return (
    <>
      <div className="head">
        <h1>Overview</h1>
        <span className="quiet">{me.data?.workspace}</span>
      </div>
      <div className="stack">
        <section aria-label="Open issues">
          <h2 className="part">Open issues</h2>
          <div className="numbers">
            {Object.entries(shown.issues).map(([severity, count]) => (
              <Tile key={severity} count={count} label={severity === "unknown" ? "severity unknown" : severity} to={`/issues?severity=${severity}`} />
            ))}
          </div>
        </section>
        <Waits shown={shown} />
        <Traffic />
        <Health />
        <Recent shown={shown} />
      </div>
    </>
  );
}

function Waits({ shown }: { shown: Shown }) {
  const desks = shown.registries.flatMap((one) => {
    const to = `/registries/${one.registry}/withheld`;
    return [
      { key: `${one.registry} waivers`, count: one.waivers, label: `waiting for an answer in ${one.registry}`, to: `${to}?waivers=asked` },
      { key: `${one.registry} quarantined`, count: one.quarantined, label: `quarantined by people in ${one.registry}`, to },
      { key: `${one.registry} withheld`, count: one.withheld, label: `newly withheld in ${one.registry} in the last day`, to: `${to}?since=day` },
    ].filter((number) => number.count > 0);
  });
  return (
    <section aria-label="Withheld">
      <h2 className="part">Withheld</h2>
      {desks.length === 0 ? (
        <p className="quiet">Nobody waits for an exception, nothing is quarantined by hand, and nothing new was withheld in the last day.</p>
      ) : (
        <div className="numbers">
          {desks.map((one) => (
            <Tile key={one.key} count={one.count} label={one.label} to={one.to} />
          ))}
        </div>
      )}
    </section>
  );
}

function Recent({ shown }: { shown: Shown }) {
  return (
    <section className="card">
      <div className="between">
        <h2 className="card-head">Came in or changed last</h2>
        {shown.fetched && (
          <span className="card-head quiet">
            {shown.fetched.times.toLocaleString("en")} tarballs fetched today by {shown.fetched.people}{" "}
            {shown.fetched.people === 1 ? "person or machine" : "people and machines"}
          </span>
        )}
      </div>
      {shown.recent.length === 0 ? (
        <Empty title="There is no package here yet">
          Create a registry and set your client up: <Link to="/registries">Registries</Link>.
        </Empty>
      ) : (
        <div className="scroll">
          <Table aria-label="Came in or changed last">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Package</Table.Th>
                <Table.Th scope="col">Registry</Table.Th>
                <Table.Th scope="col">When</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.recent.map((one) => (
                <Table.Tr key={`${one.registry} ${one.name} ${one.version ?? ""}`}>
                  <Table.Td>
                    <Link className="row-name" to={`/registries/${one.registry}/package/${one.name}`}>
                      {one.name}
                    </Link>{" "}
                    {one.version}
                  </Table.Td>
                  <Table.Td>
                    <Link to={`/registries/${one.registry}`}>{one.registry}</Link>
                  </Table.Td>
                  <Table.Td>
                    <Ago at={one.at} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}
