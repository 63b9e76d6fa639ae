import { Badge, Button, Checkbox, Select, Table } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "react-router";
import { api, result } from "../api";
import { Chains } from "../chains/Chains";
import { Search, useFilters } from "../parts/filters";
import { List, useParts } from "../parts/List";
import { useTitle } from "../parts/useTitle";
import { useMe } from "../queries";
import { NewRegistry } from "../registry/NewRegistry";

export function Page() {
  useTitle("Registries");
  const me = useMe();
  const mayManage = me.data?.rights.includes("manage-registries") ?? false;
  const [creating, dialog] = useDisclosure(false);
  const filters = useFilters();
  const search = filters.get("search");
  const sort = filters.get("sort") === "-name" ? "-name" : "name";
  const archived = filters.get("archived") === "true";
  const list = useParts(["registries", search, sort, archived], (from) =>
    result(
      api.GET("/registries", {
        params: { query: { search, sort, archived: archived ? "true" : "false", ...from } },
      }),
    ),
  );
  return (
    <>
      <div className="head">
        <h1>Registries</h1>
        {mayManage && (
          <Button className="push" onClick={dialog.open}>
            Create a registry
          </Button>
        )}
      </div>
      <div className="tools">
        <Search filters={filters} hint="A part of the name" />
        <Select
          label="Sort"
          value={sort}
          data={[
            { value: "name", label: "Name, A to Z" },
            { value: "-name", label: "Name, Z to A" },
          ]}
          allowDeselect={false}
          onChange={(value) => filters.set("sort", value === "-name" ? value : "")}
        />
        <Checkbox
          label="Archived ones too"
          checked={archived}
          onChange={(event) => filters.set("archived", event.currentTarget.checked ? "true" : "")}
        />
      </div>
      <List
        title="Registries"
        parts={list}
        empty={{
          title: search ? "No registry is called like that" : "There is no registry yet",
          hint: search ? "Search for less, or show archived ones too." : "Create one to begin.",
        }}
        head={
          <>
            <Table.Th scope="col">Name</Table.Th>
            <Table.Th scope="col">Draws from</Table.Th>
            <Table.Th scope="col" className="wide-only">
              Address
            </Table.Th>
          </>
        }
        row={(one) => (
          <Table.Tr key={one.name}>
            <Table.Td>
              <Link className="row-name" to={`/registries/${one.name}`}>
                {one.name}
              </Link>
              <div className="chips">
                {one.kind === "firewall" && <Badge variant="light">firewall</Badge>}
                {one.anonymousRead && (
                  <Badge variant="light" color="orange">
                    open for reading
                  </Badge>
                )}
                {one.archived && (
                  <Badge variant="light" color="gray">
                    archived
                  </Badge>
                )}
              </div>
            </Table.Td>
            <Table.Td>
              {one.upstreams.length > 0 ? (
                one.upstreams.join(", then ")
              ) : (
                <span className="quiet">nothing else</span>
              )}
            </Table.Td>
            <Table.Td className="wide-only quiet">{one.url}</Table.Td>
          </Table.Tr>
        )}
      />
      <Chains />
      {mayManage && <NewRegistry opened={creating} close={dialog.close} />}
    </>
  );
}
