import { Table } from "@mantine/core";
import type { Schemas } from "../api";
import { requests, together } from "./traffic";

type Traffic = Schemas["Traffic"];

const BAR = 10;
const GAP = 2;
const HIGH = 100;

/** What was served over time, a bar a step, and the same as a table for whoever does not see it. */
export function Chart({ traffic }: { traffic: Traffic }) {
  const steps = traffic.points.map((one) => ({ at: new Date(one.at), ...together(one) }));
  const most = Math.max(1, ...steps.map((one) => one.hits + one.misses));
  const when = new Intl.DateTimeFormat(
    undefined,
    traffic.step < 24 * 3600 ? { weekday: "short", hour: "2-digit", minute: "2-digit" } : { month: "short", day: "numeric" },
  );
  const first = steps[0];
  const high = (count: number) => (count * HIGH) / most;
  return (
    <figure className="chart">
      <svg
        viewBox={`0 0 ${steps.length * BAR - GAP} ${HIGH}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Requests over time: at most ${most.toLocaleString("en")} in a step. The table below has the numbers.`}
      >
        {steps.map((one, i) => (
          <g key={one.at.getTime()}>
            <rect
              className="chart-hit"
              x={i * BAR}
              y={HIGH - high(one.hits)}
              width={BAR - GAP}
              height={high(one.hits)}
            />
            <rect
              className="chart-miss"
              x={i * BAR}
              y={HIGH - high(one.hits + one.misses)}
              width={BAR - GAP}
              height={high(one.misses)}
            />
          </g>
        ))}
      </svg>
      <figcaption className="between quiet">
        <span>{first && when.format(first.at)}</span>
        <span className="chips">
          <span className="key chart-hit">from here</span>
          <span className="key chart-miss">fetched first</span>
        </span>
        <span>now</span>
      </figcaption>
      <details>
        <summary className="quiet">As a table</summary>
        <div className="scroll" role="region" aria-label="Requests over time, as a table" tabIndex={0}>
          <Table aria-label="Requests over time">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">From</Table.Th>
                <Table.Th scope="col">Requests</Table.Th>
                <Table.Th scope="col">From here</Table.Th>
                <Table.Th scope="col">Fetched first</Table.Th>
                <Table.Th scope="col">Not served</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {steps.map((one) => (
                <Table.Tr key={one.at.getTime()}>
                  <Table.Td>{when.format(one.at)}</Table.Td>
                  <Table.Td>{requests(one).toLocaleString("en")}</Table.Td>
                  <Table.Td>{one.hits.toLocaleString("en")}</Table.Td>
                  <Table.Td>{one.misses.toLocaleString("en")}</Table.Td>
                  <Table.Td>{(one.refused + one.failed).toLocaleString("en")}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </details>
    </figure>
  );
}
