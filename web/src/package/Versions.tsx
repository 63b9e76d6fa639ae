import { Badge, Table } from "@mantine/core";
import { Link } from "react-router";
import type { Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { State, word } from "../parts/badges";
import { compareAt } from "./Compare";
import { filesAt } from "./Files";

/** The newest versions of a package, withheld ones too. */
export function Versions({ registry, shown }: { registry: string; shown: Schemas["Package"] }) {
  const { versions, versionCount: total } = shown;
  return (
    <section className="card">
      <div className="scroll">
        <Table aria-label="Versions">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Version</Table.Th>
              <Table.Th scope="col">Published</Table.Th>
              <Table.Th scope="col" className="wide-only">
                Licence
              </Table.Th>
              <Table.Th scope="col">Look</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map((one) => (
              <Table.Tr key={one.version}>
                <Table.Td>
                  <span className="row-name">{one.version}</span>
                  <Badges version={one} why={`/registries/${registry}/withheld?${new URLSearchParams({ package: shown.name, version: one.version })}`} />
                  {one.deprecated !== null && <div className="quiet">{one.deprecated}</div>}
                  {one.withheld?.reasons.map((reason) => (
                    <div key={reason.cause} className="quiet">
                      {reason.sentence}
                    </div>
                  ))}
                </Table.Td>
                <Table.Td>
                  <Ago at={one.published} never="" />
                </Table.Td>
                <Table.Td className="wide-only">{one.licence}</Table.Td>
                <Table.Td>
                  {one.cached && (
                    <div className="chips">
                      <Link to={filesAt(one.version)} aria-label={`Files of ${one.version}`}>
                        Files
                      </Link>
                      <Link to={compareAt(one.version)} aria-label={`Compare ${one.version}`}>
                        Compare
                      </Link>
                    </div>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {total > versions.length && (
        <div className="card-foot quiet">
          The newest {versions.length} of {total}
        </div>
      )}
    </section>
  );
}

function Badges({ version, why }: { version: Schemas["Version"]; why: string }) {
  return (
    <div className="chips">
      {version.withheld && (
        <Link to={why} aria-label={`${word(version.withheld.verdict)}: why ${version.version} is withheld`}>
          <State state={version.withheld.verdict} />
        </Link>
      )}
      {version.hosted ? (
        <Badge variant="light" color="teal">
          hosted
        </Badge>
      ) : (
        version.cached && (
          <Badge variant="light" color="gray">
            cached
          </Badge>
        )
      )}
      {version.deprecated !== null && (
        <Badge variant="light" color="orange">
          deprecated
        </Badge>
      )}
      {version.installScript && (
        <Badge variant="light" color="yellow">
          install script
        </Badge>
      )}
    </div>
  );
}
