import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, result, type Schemas } from "../api";
import { Choice, useFilters } from "../parts/filters";
import { Empty, Refused, Waiting } from "../parts/States";
import { plain } from "./text";

type Counts = Schemas["DownloadCounts"];

const SPANS = [
  { value: "30", label: "The last 30 days" },
  { value: "90", label: "The last 90 days" },
];
const BAR = 10;
const GAP = 2;
const HIGH = 100;

/** How often the package was fetched from this registry. */
export function Downloads({ registry, name }: { registry: string; name: string }) {
  const filters = useFilters();
  const days = filters.get("days") === "90" ? "90" : "30";
  const query = useQuery({
    queryKey: ["downloads", registry, name, days],
    queryFn: () =>
      result(
        api.GET("/registries/{registry}/packages/{name}/downloads", {
          params: { path: { registry, name }, query: { days } },
        }),
      ),
  });
  return (
    <div className="stack">
      <div className="tools">
        <Choice filters={filters} name="days" label="How far back" data={SPANS} />
      </div>
      {query.isPending && <Waiting what="how often it was fetched" />}
      {query.isError && <Refused error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && query.data.total === 0 && (
        <div className="card">
          <Empty title="Nobody fetched it from this registry">
            What clients fetch from here shows up within a second, as long as this server keeps it.
          </Empty>
        </div>
      )}
      {query.isSuccess && query.data.total > 0 && (
        <>
          <section className="card padded" aria-label="Downloads a day">
            <Days counts={query.data} />
          </section>
          <ByVersion counts={query.data} />
        </>
      )}
    </div>
  );
}

const shown = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", timeZone: "UTC" });
const on = (day: string) => shown.format(new Date(`${day}T00:00:00Z`));

function Days({ counts }: { counts: Counts }) {
  const { days, total } = counts;
  const most = Math.max(1, ...days.map((one) => one.times));
  const [first] = days;
  return (
    <figure className="chart">
      <svg
        viewBox={`0 0 ${days.length * BAR - GAP} ${HIGH}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Downloads a day: ${total.toLocaleString("en")} in all, at most ${most.toLocaleString("en")} a day. The table below has the numbers.`}
      >
        {days.map((one, i) => (
          <rect
            key={one.day}
            className="chart-hit"
            x={i * BAR}
            y={HIGH - (one.times * HIGH) / most}
            width={BAR - GAP}
            height={(one.times * HIGH) / most}
          />
        ))}
      </svg>
      <figcaption className="between quiet">
        <span>{first && on(first.day)}</span>
        <span>
          {total.toLocaleString("en")} in all, at most {most.toLocaleString("en")} a day (UTC)
        </span>
        <span>today</span>
      </figcaption>
      <details>
        <summary className="quiet">As a table, without the days of none</summary>
        <div className="scroll" role="region" aria-label="Downloads a day, as a table" tabIndex={0}>
          <Table aria-label="Downloads a day">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Day</Table.Th>
                <Table.Th scope="col">Downloads</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {days.filter((one) => one.times > 0).toReversed().map((one) => (
                <Table.Tr key={one.day}>
                  <Table.Td>{on(one.day)}</Table.Td>
                  <Table.Td>{one.times.toLocaleString("en")}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </details>
    </figure>
  );
}

function ByVersion({ counts }: { counts: Counts }) {
  const { versions, versionCount, total } = counts;
  return (
    <section className="card">
      <div className="scroll">
        <Table aria-label="Downloads by version">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Version</Table.Th>
              <Table.Th scope="col">Downloads</Table.Th>
              <Table.Th scope="col">Of all</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map((one) => (
              <Table.Tr key={one.version}>
                <Table.Td className="row-name">{plain(one.version)}</Table.Td>
                <Table.Td>{one.times.toLocaleString("en")}</Table.Td>
                <Table.Td>{Math.round((100 * one.times) / total)} %</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {versionCount > versions.length && (
        <div className="card-foot quiet">
          The {versions.length} most fetched of {versionCount}
        </div>
      )}
    </section>
  );
}
