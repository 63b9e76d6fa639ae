import { Alert, Select, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Holders } from "../licences/Holders";
import { Policies } from "../licences/Policies";
import { useFilters } from "../parts/filters";
import { Empty, Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { registryNames } from "../queries";

/** Which licences are in use here, and what is done about them. */
export function Page() {
  useTitle("Licences");
  const filters = useFilters();
  const names = useQuery(registryNames);
  const registry = filters.get("registry");
  const chosen = filters.get("licence") || (filters.get("none") ? "" : null);
  return (
    <>
      <div className="head">
        <h1>Licences</h1>
      </div>
      <div className="tools">
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
      <div className="stack">
        {chosen === null ? <Composition registry={registry} /> : <Holders registry={registry} licence={chosen} />}
        <Policies />
      </div>
    </>
  );
}

function Composition({ registry }: { registry: string }) {
  const query = useQuery({
    queryKey: ["licences", registry],
    queryFn: () => result(api.GET("/licences", { params: { query: registry ? { registry } : {} } })),
    // Each answer has read on: asked until nothing is left.
    refetchInterval: (state) => ((state.state.data?.unread ?? 0) > 0 ? 1_000 : false),
  });
  if (query.isPending) {
    return <Waiting what="the licences" />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const found = query.data;
  return (
    <>
      {found.unread > 0 && (
        <Alert color="blue" title="Still reading" role="status">
          {found.unread} packages are still to be read; the numbers grow until then.
        </Alert>
      )}
      {found.items.length === 0 ? (
        <div className="card">
          <Empty title="There is no package here yet">What is published or fetched here shows up with its licence.</Empty>
        </div>
      ) : (
        <Shares found={found} registry={registry} />
      )}
    </>
  );
}

function Shares({ found, registry }: { found: Schemas["LicenceComposition"]; registry: string }) {
  const most = found.items[0]?.packages ?? 1;
  return (
    <div className="card scroll">
      <Table aria-label="Licences in use">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Licence</Table.Th>
            <Table.Th scope="col">Packages</Table.Th>
            <Table.Th scope="col" className="wide-only">
              Versions
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {found.items.map((one) => (
            <Table.Tr key={one.licence}>
              <Table.Td>
                <Link className="row-name" to={address(one.licence, registry)}>
                  {one.licence || "None is claimed"}
                </Link>
              </Table.Td>
              <Table.Td>
                <meter className="share" min={0} max={most} value={one.packages} aria-hidden="true" /> {one.packages}
              </Table.Td>
              <Table.Td className="wide-only">{one.versions}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <div className="card-foot quiet">
        Packages that are kept here: {found.packages}, of {found.versions} versions, under {found.total} licences.
        {found.total > found.items.length && ` The ${found.items.length} most common ones are shown.`}
      </div>
    </div>
  );
}

function address(licence: string, registry: string) {
  const wanted = new URLSearchParams(licence ? { licence } : { none: "1" });
  if (registry) {
    wanted.set("registry", registry);
  }
  return `/licences?${wanted}`;
}
