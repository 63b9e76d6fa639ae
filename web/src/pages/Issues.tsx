import { Table } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Severity, State } from "../parts/badges";
import { Choice, given, Search, useFilters } from "../parts/filters";
import { List, useParts } from "../parts/List";
import { useTitle } from "../parts/useTitle";
import { registryNames, useMe } from "../queries";

const all = (label: string, ...names: string[]) => [
  { value: "", label },
  ...names.map((name) => ({ value: name, label: name })),
];

/** What was found to be wrong with what is here. */
export function Page() {
  useTitle("Issues");
  const me = useMe();
  const filters = useFilters();
  const [name] = useDebouncedValue(filters.get("package").trim(), 250);
  const registries = useQuery(registryNames);
  const assignee = filters.get("assignee");
  const wanted = given({
    status: (filters.get("status") || "open") as "open" | "closed" | "all",
    type: (filters.get("type") || undefined) as Schemas["Issue"]["type"] | undefined,
    severity: (filters.get("severity") || undefined) as Schemas["Issue"]["severity"] | undefined,
    registry: filters.get("registry") || undefined,
    package: name || undefined,
    assignee: assignee === "nobody" ? "" : assignee === "me" ? me.data?.name : undefined,
  });
  const list = useParts(["issues", wanted], (from) =>
    result(api.GET("/issues", { params: { query: { ...wanted, ...from } } })),
  );
  return (
    <>
      <div className="head">
        <h1>Issues</h1>
      </div>
      <div className="tools">
        <Search filters={filters} name="package" label="Package" hint="Its whole name" />
        <Choice
          filters={filters}
          name="status"
          label="Status"
          data={[
            { value: "open", label: "Open" },
            { value: "closed", label: "Closed" },
            { value: "all", label: "All" },
          ]}
        />
        <Choice
          filters={filters}
          name="type"
          label="Type"
          data={all("Any", "malware", "vulnerability", "policy")}
        />
        <Choice
          filters={filters}
          name="severity"
          label="Severity"
          data={all("Any", "critical", "high", "moderate", "low", "unknown")}
        />
        <Choice filters={filters} name="registry" label="Registry" data={all("Any", ...(registries.data ?? []))} />
        <Choice
          filters={filters}
          name="assignee"
          label="Looked after by"
          data={[
            { value: "", label: "Anybody" },
            { value: "me", label: "Me" },
            { value: "nobody", label: "Nobody" },
          ]}
        />
      </div>
      <List
        title="Issues"
        parts={list}
        empty={{
          title: "No issue is like that",
          hint: "One is opened when an advisory or a policy says something of a version that is here.",
        }}
        head={
          <>
            <Table.Th scope="col">Issue</Table.Th>
            <Table.Th scope="col">Severity</Table.Th>
            <Table.Th scope="col" className="wide-only">
              Looked after by
            </Table.Th>
            <Table.Th scope="col" className="wide-only">
              Changed
            </Table.Th>
          </>
        }
        row={(one) => <Row key={one.number} one={one} />}
      />
    </>
  );
}

function Row({ one }: { one: Schemas["Issue"] }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Link className="row-name" to={`/issues/${one.number}`}>
          #{one.number} {one.title}
        </Link>
        <div className="quiet words">
          {one.type} in {one.name}, {one.cause}
        </div>
        {one.status === "closed" && <State state="closed" />}
      </Table.Td>
      <Table.Td>
        <Severity severity={one.severity} />
      </Table.Td>
      <Table.Td className="wide-only">{one.assignee ?? <span className="quiet">nobody</span>}</Table.Td>
      <Table.Td className="wide-only">
        <Ago at={one.changed} />
      </Table.Td>
    </Table.Tr>
  );
}
