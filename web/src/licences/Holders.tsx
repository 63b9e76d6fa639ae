import { Table } from "@mantine/core";
import { Link } from "react-router";
import { api, result } from "../api";
import { List, useParts } from "../parts/List";

/** The packages that claim a licence; an empty one: that claim none. */
export function Holders({ registry, licence }: { registry: string; licence: string }) {
  const list = useParts(["licence-holders", registry, licence], (from) =>
    result(
      api.GET("/licences/packages", {
        params: { query: { licence, ...(registry ? { registry } : {}), ...from } },
      }),
    ),
  );
  const title = licence ? `Packages under ${licence}` : "Packages that claim no licence";
  return (
    <section className="stack" aria-label={title}>
      <div className="between">
        <h2 className="words">{title}</h2>
        <Link to={registry ? `/licences?registry=${encodeURIComponent(registry)}` : "/licences"}>All licences</Link>
      </div>
      <List
        title="Packages"
        parts={list}
        empty={{ title: "No package that is here has that licence" }}
        head={
          <>
            <Table.Th scope="col">Package</Table.Th>
            <Table.Th scope="col">Registry</Table.Th>
            <Table.Th scope="col">Versions</Table.Th>
          </>
        }
        row={(one) => (
          <Table.Tr key={one.name}>
            <Table.Td>
              <Link className="row-name" to={`/registries/${one.registry}/package/${one.name}`}>
                {one.name}
              </Link>
            </Table.Td>
            <Table.Td>{one.registry}</Table.Td>
            <Table.Td>{one.versions}</Table.Td>
          </Table.Tr>
        )}
      />
    </section>
  );
}
