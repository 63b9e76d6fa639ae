import { Badge, Select, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Severity, State, word } from "../parts/badges";
import { useFilters } from "../parts/filters";
import { Empty, Refused, Waiting } from "../parts/States";
import { plain } from "./text";

type Dependency = Schemas["Dependency"];

const KINDS: { kind: Dependency["kind"]; title: string }[] = [
  { kind: "runtime", title: "Dependencies" },
  { kind: "optional", title: "Optional dependencies" },
  { kind: "peer", title: "Peer dependencies" },
  { kind: "dev", title: "Development dependencies" },
];

/** What a version needs, and what the registry has of it. */
export function Dependencies({ registry, shown }: { registry: string; shown: Schemas["Package"] }) {
  const filters = useFilters();
  const versions = shown.versions.map((one) => one.version);
  const version = filters.get("version") || (shown.latest ?? versions[0] ?? "");
  return (
    <>
      <div className="tools">
        <Select
          className="choice"
          label="Version"
          data={versions.includes(version) ? versions : [version, ...versions]}
          value={version}
          allowDeselect={false}
          searchable
          limit={100}
          onChange={(to) => filters.set("version", to ?? "")}
        />
      </div>
      <Needed key={version} registry={registry} name={shown.name} version={version} />
    </>
  );
}

function Needed({ registry, name, version }: { registry: string; name: string; version: string }) {
  const query = useQuery({
    queryKey: ["dependencies", registry, name, version],
    queryFn: () =>
      result(
        api.GET("/registries/{registry}/packages/{name}/versions/{version}/dependencies", {
          params: { path: { registry, name, version } },
        }),
      ),
  });
  if (query.isPending) {
    return <Waiting what="what it needs" />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const { items, count } = query.data;
  if (items.length === 0) {
    return (
      <div className="card">
        <Empty title={`${version} needs no other package`} />
      </div>
    );
  }
  return (
    <div className="stack">
      {KINDS.map(({ kind, title }) => (
        <Kind key={kind} title={title} registry={registry} items={items.filter((one) => one.kind === kind)} />
      ))}
      {count > items.length && (
        <p className="quiet">
          The first {items.length} of {count}.
        </p>
      )}
    </div>
  );
}

function Kind({ title, registry, items }: { title: string; registry: string; items: Dependency[] }) {
  return items.length === 0 ? null : (
    <section className="card">
      <h2 className="card-head">{title}</h2>
      <div className="scroll">
        <Table aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Package</Table.Th>
              <Table.Th scope="col">Range</Table.Th>
              <Table.Th scope="col">Here</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((one) => (
              <Table.Tr key={one.name}>
                <Table.Td>
                  <Name registry={registry} one={one} />
                </Table.Td>
                <Table.Td className="words">{plain(one.range)}</Table.Td>
                <Table.Td>
                  <Here registry={registry} one={one} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}

/** Where the page of a package is. */
export const packageAt = (registry: string, name: string) => `/registries/${registry}/package/${name}`;

function Name({ registry, one }: { registry: string; one: Dependency }) {
  const name = one.what ?? one.name;
  const shown: ReactNode =
    one.held && one.what !== null ? (
      <Link className="row-name" to={packageAt(registry, one.what)}>
        {name}
      </Link>
    ) : (
      <span className="row-name">{plain(name)}</span>
    );
  return (
    <>
      {shown}
      {one.what !== null && one.what !== one.name && <div className="quiet">as {plain(one.name)}</div>}
    </>
  );
}

function Here({ registry, one }: { registry: string; one: Dependency }) {
  if (one.what === null) {
    return <span className="quiet">It {plain(one.elsewhere ?? "")}.</span>;
  }
  const why = `/registries/${registry}/withheld?${new URLSearchParams({ package: one.what })}`;
  return (
    <div className="chips">
      {one.version !== null && <span>{one.version}</span>}
      {one.withheld && (
        <Link to={why} aria-label={`${one.withheld.version} ${word(one.withheld.verdict)}: why it is withheld`}>
          {one.withheld.version} <State state={one.withheld.verdict} />
        </Link>
      )}
      {one.version === null && one.withheld === null && (
        <span className="quiet">{one.held ? "No version that will do" : "Not here yet"}</span>
      )}
      {!one.held && (
        <Link to={packageAt(registry, one.what)} aria-label={`Look it up: ${one.what}`}>
          Look it up
        </Link>
      )}
      <Warnings one={one} />
    </div>
  );
}

function Warnings({ one }: { one: Dependency }) {
  const [worst] = one.advisories;
  if (worst === undefined) {
    return null;
  }
  const more = one.advisories.length - 1;
  const at = `/advisories?${new URLSearchParams({ search: one.what ?? "" })}`;
  return (
    <Link to={at} title={one.advisories.map((each) => `${each.id}: ${each.summary}`).join("\n")}>
      {worst.kind === "malware" ? (
        <Badge color="red">malware</Badge>
      ) : (
        <Severity severity={worst.severity} />
      )}{" "}
      {worst.id}
      {more > 0 && ` and ${more} more`}
    </Link>
  );
}
