import { Button, Table } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { State } from "../parts/badges";
import { compareAt } from "../package/Compare";
import { Refused, Waiting } from "../parts/States";
import { Ask } from "./Ask";
import { Decide, type Decision } from "./Decide";
import { isWaivable } from "./policies";

type Registry = Schemas["Registry"];
type Row = Schemas["WithheldVersion"];

const MOST = 200;

/** What becomes of every version of a package. */
export function Ledger(props: { registry: Registry; name: string; version: string }) {
  const { registry } = props;
  const [name] = useDebouncedValue(props.name, 300);
  const [asking, ask] = useState<Row | null>(null);
  const [deciding, decide] = useState<Decision | null>(null);
  const query = useQuery({
    queryKey: ["ledger", registry.name, name],
    queryFn: () =>
      result(
        api.GET("/registries/{registry}/withheld/{name}", {
          params: { path: { registry: registry.name, name } },
        }),
      ),
  });
  if (query.isPending) {
    return <Waiting what={name} />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const { served, withheld } = query.data;
  // What is no version at all cannot be helped, and stands last.
  const rows = withheld
    .filter((one) => one.version.includes(props.version))
    .sort((a, b) => Number(a.verdict === "unusable") - Number(b.verdict === "unusable"));
  return (
    <section className="card">
      <div className="between card-foot">
        <span>
          <Link className="row-name" to={`/registries/${registry.name}/package/${name}`}>
            {name}
          </Link>{" "}
          <span className="quiet">
            {withheld.length} of {served.length + withheld.length} versions are withheld
          </span>
        </span>
        {registry.mayManage && served.length > 0 && (
          <Button
            size="xs"
            variant="default"
            onClick={() => decide({ state: "quarantined", name, versions: served, causes: [] })}
          >
            Quarantine a version
          </Button>
        )}
      </div>
      {rows.length > 0 && (
        <div className="scroll">
          <Table aria-label={`Withheld versions of ${name}`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Version</Table.Th>
                <Table.Th scope="col">Why</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.slice(0, MOST).map((one) => (
                <Version key={one.version} registry={registry} row={one} ask={ask} decide={decide} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {rows.length > MOST && (
        <div className="card-foot quiet">
          The first {MOST} of {rows.length}; name a version to see others.
        </div>
      )}
      {asking && <Ask registry={registry} row={asking} close={() => ask(null)} />}
      {deciding && <Decide registry={registry} decision={deciding} close={() => decide(null)} />}
    </section>
  );
}

function Version(props: {
  registry: Registry;
  row: Row;
  ask: (row: Row) => void;
  decide: (decision: Decision) => void;
}) {
  const { registry, row } = props;
  const causes = row.reasons.flatMap((one) => (one.cause !== null ? [one.cause] : []));
  const decision = (state: Decision["state"]) =>
    props.decide({ state, name: row.name, versions: [row.version], causes });
  return (
    <Table.Tr>
      <Table.Td>
        <span className="row-name">{row.version}</span>
        <div>
          <State state={row.verdict} />
        </div>
        {row.until !== null && (
          <div className="quiet">
            until <Ago at={row.until} />
          </div>
        )}
      </Table.Td>
      <Table.Td>
        {row.reasons.map((one, i) => (
          <div key={i} className="words">
            {one.sentence} {one.policy !== null && <span className="quiet">({one.policy})</span>}
          </div>
        ))}
        <div className="chips">
          {(registry.mayManage || registry.mayDecide) && row.verdict !== "unusable" && (
            <Button
              size="compact-xs"
              variant="default"
              component={Link}
              to={`/registries/${registry.name}/package/${row.name}${compareAt(row.version)}`}
              aria-label={`Compare ${row.version}`}
            >
              Compare
            </Button>
          )}
          {row.reasons.some(isWaivable) && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Ask for an exception for ${row.version}`}
              onClick={() => props.ask(row)}
            >
              Ask for an exception
            </Button>
          )}
          {registry.mayManage && row.verdict === "quarantine" && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Release ${row.version}`}
              onClick={() => decision("released")}
            >
              Release
            </Button>
          )}
          {registry.mayManage && row.verdict !== "unusable" && (
            <Button
              size="compact-xs"
              variant="light"
              color="red"
              aria-label={`Delete ${row.version}`}
              onClick={() => decision("deleted")}
            >
              Delete
            </Button>
          )}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
