import { Button, Table, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Choice, given, Search, useFilters, type Filters } from "../parts/filters";
import { List, useParts } from "../parts/List";
import { useTitle } from "../parts/useTitle";
import { registryNames } from "../queries";
import { shownWorkspace } from "../workspace";

const NOUNS = [
  ...["account", "token", "session", "registry", "upstream", "policy", "waiver", "quarantine"],
  ...["issue", "package", "version", "tag", "owner", "star"],
];

const named = (names: string[]) => [
  { value: "", label: "All" },
  ...names.map((name) => ({ value: name, label: name })),
];

/** A person is named without the trail's prefix. */
const label = (typed: string) =>
  typed === "" || typed.includes(":") || ["operator", "anonymous"].includes(typed) ? typed : `user:${typed}`;

/** The first moment of a day, so many days later. */
function instant(day: string, later: number): string | undefined {
  const date = new Date(`${day}T00:00:00`);
  if (day === "" || Number.isNaN(date.getTime())) {
    return undefined;
  }
  date.setDate(date.getDate() + later);
  return date.toISOString();
}

/** Who changed what. */
export function Page() {
  useTitle("Audit log");
  const filters = useFilters();
  const registries = useQuery(registryNames);
  const [actor] = useDebouncedValue(filters.get("actor").trim(), 250);
  const wanted = given({
    actor: label(actor) || undefined,
    action: filters.get("action") || undefined,
    registry: filters.get("registry") || undefined,
    since: instant(filters.get("since"), 0),
    until: instant(filters.get("until"), 1),
  });
  const list = useParts(["audit", wanted], (from) =>
    result(api.GET("/audit", { params: { query: { ...wanted, ...from } } })),
  );
  const query = new URLSearchParams(wanted);
  return (
    <>
      <div className="head">
        <h1>Audit log</h1>
        <Button className="push" variant="default" component="a" href={`/api/v1/audit/export?${query}&workspace=${shownWorkspace() ?? ""}`} download>
          Download as JSON lines
        </Button>
      </div>
      <div className="tools">
        <Search filters={filters} name="actor" label="Who" hint="A user, operator, or job:scanner" />
        <Choice filters={filters} name="action" label="What" data={named(NOUNS)} />
        <Choice filters={filters} name="registry" label="Registry" data={named(registries.data ?? [])} />
        <Day filters={filters} name="since" label="From" />
        <Day filters={filters} name="until" label="To" />
      </div>
      <List
        title="Audit log"
        parts={list}
        empty={{ title: "Nothing like that was changed", hint: "Ask for less." }}
        head={
          <>
            <Table.Th scope="col">When</Table.Th>
            <Table.Th scope="col">Who</Table.Th>
            <Table.Th scope="col">What</Table.Th>
          </>
        }
        row={(one) => <Row key={one.id} one={one} />}
      />
    </>
  );
}

function Day({ filters, name, label: text }: { filters: Filters; name: string; label: string }) {
  return (
    <TextInput
      type="date"
      label={text}
      value={filters.get(name)}
      onChange={(event) => filters.set(name, event.currentTarget.value)}
    />
  );
}

function Row({ one }: { one: Schemas["Change"] }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Ago at={one.at} />
      </Table.Td>
      <Table.Td className="words">{one.actor}</Table.Td>
      <Table.Td>
        <span className="row-name">{one.action}</span> <span className="words">{one.subject}</span>
        {one.details !== null && (
          <details>
            <summary className="quiet">Details</summary>
            <pre className="words quiet">{JSON.stringify(one.details, null, 2)}</pre>
          </details>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
