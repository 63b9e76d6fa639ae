import { Badge, Table } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Search, useFilters } from "../parts/filters";
import { List, useParts } from "../parts/List";
import { Upload } from "./Upload";

/** What a registry hosts and has cached. */
export function Packages({ registry }: { registry: Schemas["Registry"] }) {
  const filters = useFilters();
  const typed = filters.get("search");
  const [search] = useDebouncedValue(typed, 200);
  const list = useParts(["packages", registry.name, search], (from) =>
    result(
      api.GET("/registries/{registry}/packages", {
        params: { path: { registry: registry.name }, query: { search, limit: 25, ...from } },
      }),
    ),
  );
  return (
    <>
      <div className="tools">
        <Search filters={filters} hint="Words of the name, description or keywords" />
        {registry.mayPublish && !registry.archived && <Upload registry={registry} />}
      </div>
      <List
        title="Packages"
        parts={list}
        empty={
          search
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
