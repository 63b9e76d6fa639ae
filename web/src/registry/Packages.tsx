import { Badge, Select, Table } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Choice, given, Search, useFilters } from "../parts/filters";
import { List, useParts } from "../parts/List";
import { Upload } from "./Upload";

const any = { value: "", label: "Any" };
const ORIGINS = [
  any,
  { value: "hosted", label: "Hosted" },
  { value: "cached", label: "Cached" },
  { value: "internal", label: "Internal" },
];
const STATES = [
  any,
  { value: "withheld", label: "Withheld" },
  { value: "quarantined", label: "Quarantined" },
  { value: "vulnerable", label: "Vulnerable" },
];
const ORDERS = [
  { value: "name", label: "Name" },
  { value: "changed", label: "Recently changed" },
];
const UNCLAIMED = "none is claimed";

/** What a registry hosts and has cached. */
export function Packages({ registry }: { registry: Schemas["Registry"] }) {
  const filters = useFilters();
  const typed = filters.get("search");
  const [search] = useDebouncedValue(typed, 200);
  const licence = filters.get("licence");
  const wanted = given({
    search: search.trim().slice(0, 200) || undefined,
    origin: (filters.get("origin") || undefined) as "hosted" | undefined,
    state: (filters.get("state") || undefined) as "withheld" | undefined,
    sort: (filters.get("sort") || undefined) as "changed" | undefined,
    licence: licence === UNCLAIMED ? "" : licence || undefined,
  });
  const list = useParts(["packages", registry.name, wanted], (from) =>
    result(
      api.GET("/registries/{registry}/packages", {
        params: { path: { registry: registry.name }, query: { ...wanted, limit: 25, ...from } },
      }),
    ),
  );
  return (
    <>
      <div className="tools">
        <Search filters={filters} hint="Words of the name, description or keywords" />
        <Choice filters={filters} name="origin" label="From" data={ORIGINS} />
        <Choice filters={filters} name="state" label="State" data={STATES} />
        <Licence filters={filters} registry={registry.name} />
        <Choice filters={filters} name="sort" label="Sort by" data={ORDERS} />
        {registry.mayPublish && !registry.archived && <Upload registry={registry} />}
      </div>
      <List
        title="Packages"
        parts={list}
        counted={1_000}
        empty={
          Object.keys(wanted).some((name) => name !== "sort")
            ? {
                title: "Nothing here matches",
                hint: "Only what is published or cached here is searched; no upstream is asked.",
              }
            : {
                title: "There is no package here yet",
                hint: (
                  <>
                    Publish one, or install one through this registry:{" "}
                    <Link to={`/registries/${registry.name}/connect`}>More info</Link> has the commands.
                  </>
                ),
              }
        }
        head={
          <>
            <Table.Th scope="col">Package</Table.Th>
            <Table.Th scope="col">Latest</Table.Th>
            <Table.Th scope="col" className="wide-only">
              Published
            </Table.Th>
            <Table.Th scope="col" className="wide-only">
              Versions
            </Table.Th>
          </>
        }
        row={(one) => (
          <Row key={one.name} registry={registry.name} one={one} />
        )}
      />
    </>
  );
}

/** The licences that are in use here: asked for when somebody looks, which reads those that nobody has read. */
function Licence({ filters, registry }: { filters: ReturnType<typeof useFilters>; registry: string }) {
  const chosen = filters.get("licence");
  const [opened, setOpened] = useState(chosen !== "");
  const query = useQuery({
    queryKey: ["licences", registry],
    queryFn: () => result(api.GET("/licences", { params: { query: { registry } } })),
    enabled: opened,
    refetchInterval: (state) => ((state.state.data?.unread ?? 0) > 0 ? 1_000 : false),
  });
  const known = query.data?.items.map((one) => one.licence || UNCLAIMED) ?? [];
  return (
    <Select
      className="choice"
      label="Licence"
      placeholder="Any"
      data={chosen === "" || known.includes(chosen) ? known : [chosen, ...known]}
      value={chosen || null}
      searchable
      clearable
      clearButtonProps={{ "aria-label": "Any licence" }}
      nothingFoundMessage={query.data ? "No licence like that is in use here" : "Reading the licences"}
      onDropdownOpen={() => setOpened(true)}
      onChange={(value) => filters.set("licence", value ?? "")}
    />
  );
}

function Row({ registry, one }: { registry: string; one: Schemas["PackageSummary"] }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Link className="row-name" to={`/registries/${registry}/package/${one.name}`}>
          {one.name}
        </Link>
        <div className="quiet">{one.description}</div>
        <div className="chips">
          {one.hosted ? (
            <Badge variant="light">hosted</Badge>
          ) : (
            <Badge variant="light" color="gray">
              cached
            </Badge>
          )}
          {one.withheld > 0 && (
            <Badge variant="light" color="red">
              {one.withheld} withheld
            </Badge>
          )}
        </div>
      </Table.Td>
      <Table.Td className="nowrap">{one.version ?? <span className="quiet">none</span>}</Table.Td>
      <Table.Td className="wide-only">
        <Ago at={one.published} never="" />
      </Table.Td>
      <Table.Td className="wide-only">{one.versions}</Table.Td>
    </Table.Tr>
  );
}
