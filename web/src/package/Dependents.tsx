import { Badge, Table } from "@mantine/core";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { List, useParts } from "../parts/List";
import { packageAt } from "./Dependencies";
import { plain } from "./text";

/** From so many on, the server does not count. */
const COUNTED = 1_000;

/** Which of the registry's packages need this one. */
export function Dependents({ registry, name }: { registry: string; name: string }) {
  const parts = useParts<Schemas["Dependent"]>(["dependents", registry, name], (from) =>
    result(
      api.GET("/registries/{registry}/packages/{name}/dependents", {
        params: { path: { registry, name }, query: from },
      }),
    ),
  );
  const [first] = parts.data?.pages ?? [];
  const unread = (first as Schemas["DependentPage"] | undefined)?.unread ?? 0;
  return (
    <div className="stack">
      <p className="quiet">
        Packages of this registry that need it to run, in any version that is stored here: of each the newest such version.
        {unread > 0 && ` ${unread >= COUNTED ? "Many" : unread} stored versions are still being read.`}
      </p>
      <List
        title="Dependents"
        parts={parts}
        counted={COUNTED}
        empty={{ title: "Nothing here needs it", hint: "What is published, or fetched through this registry, shows up by itself." }}
        head={
          <>
            <Table.Th scope="col">Package</Table.Th>
            <Table.Th scope="col">Version</Table.Th>
            <Table.Th scope="col">Range</Table.Th>
          </>
        }
        row={(one) => (
          <Table.Tr key={one.name}>
            <Table.Td>
              <Link className="row-name" to={packageAt(registry, one.name)}>
                {one.name}
              </Link>
            </Table.Td>
            <Table.Td>
              <div className="chips">
                {one.version}
                {!one.newest && (
                  <Badge variant="light" color="gray" title="What an install of it gets is another version">
                    not the newest
                  </Badge>
                )}
                {one.kind !== "runtime" && (
                  <Badge variant="light" color="gray">
                    {one.kind}
                  </Badge>
                )}
              </div>
            </Table.Td>
            <Table.Td className="words">{plain(one.range)}</Table.Td>
          </Table.Tr>
        )}
      />
    </div>
  );
}
