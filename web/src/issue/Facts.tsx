import { Table } from "@mantine/core";
import { Link } from "react-router";
import type { Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { State } from "../parts/badges";
import { Away } from "../parts/Words";

type Shown = Schemas["IssueDetails"];

/** What the issue is about, in short. */
export function Facts({ shown }: { shown: Shown }) {
  const { issue, found } = shown;
  return (
    <section className="card padded">
      <h2>About</h2>
      <dl className="facts">
        <dt>Package</dt>
        <dd>{issue.name}</dd>
        <dt>Type</dt>
        <dd>{issue.type}</dd>
        <dt>Cause</dt>
        <dd>
          <Away href={issue.url}>{issue.cause}</Away>
        </dd>
        <dt>Opened</dt>
        <dd>
          <Ago at={issue.opened} />
        </dd>
        <dt>Looked after by</dt>
        <dd>{issue.assignee ?? "nobody"}</dd>
        {found.title !== issue.title && (
          <>
            <dt>Found as</dt>
            <dd>{found.title}</dd>
          </>
        )}
        {found.severity !== issue.severity && (
          <>
            <dt>Severity as found</dt>
            <dd>{found.severity}</dd>
          </>
        )}
      </dl>
      <Link to={`/issues?status=all&package=${encodeURIComponent(issue.name)}`}>
        All issues of this package
      </Link>
    </section>
  );
}

/** The registries and versions that have it. */
export function Places({ shown }: { shown: Shown }) {
  return (
    <section className="card">
      <h2 className="card-head">Where it is</h2>
      {shown.occurrences.length === 0 ? (
        <p className="card-text quiet">In no registry any more.</p>
      ) : (
        <div className="scroll">
          <Table aria-label="Where it is">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Version</Table.Th>
                <Table.Th scope="col">Registry</Table.Th>
                <Table.Th scope="col">There it is</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.occurrences.map((one) => (
                <Table.Tr key={`${one.registry} ${one.version}`}>
                  <Table.Td>
                    <Link className="row-name" to={`/registries/${one.registry}/package/${shown.issue.name}`}>
                      {one.version}
                    </Link>
                  </Table.Td>
                  <Table.Td>{one.registry}</Table.Td>
                  <Table.Td>
                    <div className="chips">
                      <State state={one.verdict} />
                      {one.waived && <State state="waived" />}
                    </div>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}

/** Who has it already. */
export function Reach({ reach }: { reach: Schemas["IssueReach"] }) {
  const people = reach.people === 1 ? "One person or machine has" : `${reach.people} people or machines have`;
  return (
    <section className="card">
      <h2 className="card-head">Who has it</h2>
      <p className="card-text quiet">
        {reach.people === 0 ? "Nobody is known to have fetched it from here." : `${people} fetched it.`}
      </p>
      {reach.fetched.length > 0 && (
        <div className="scroll">
          <Table aria-label="Who has it">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">By</Table.Th>
                <Table.Th scope="col">Version</Table.Th>
                <Table.Th scope="col">From</Table.Th>
                <Table.Th scope="col">Last</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {reach.fetched.map((one, i) => (
                <Table.Tr key={i}>
                  <Table.Td>
                    {one.by}
                    <div className="quiet">
                      {one.token && `token ${one.token}, `}
                      {one.address}
                    </div>
                  </Table.Td>
                  <Table.Td>{one.version}</Table.Td>
                  <Table.Td>{one.registry ?? <span className="quiet">deleted</span>}</Table.Td>
                  <Table.Td>
                    <Ago at={one.last} />
                    {one.times > 1 && <div className="quiet">{one.times} times that day</div>}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}
