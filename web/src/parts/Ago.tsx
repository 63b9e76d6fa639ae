import { Tooltip } from "@mantine/core";

const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" });
const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 24 * 3600],
  ["month", 30 * 24 * 3600],
  ["day", 24 * 3600],
  ["hour", 3600],
  ["minute", 60],
];

/** Half of the next smaller unit: what is 23:40 hours ahead is a day ahead. */
const slack = (at: number) => (units[at + 1]?.[1] ?? 0) / 2;

/** What is to come is told to the nearest, so that five days less a moment are five; what was, in full units. */
const rounded = (count: number) => (count > 0 ? Math.round(count) : Math.trunc(count));

/** A time as people say it, with the exact one on hover. */
export function Ago({ at, never = "never" }: { at: string | null; never?: string }) {
  if (at === null) {
    return <span className="quiet">{never}</span>;
  }
  const seconds = (new Date(at).getTime() - Date.now()) / 1000;
  const unit = units.find(([, size], at) => seconds >= size - slack(at) || -seconds >= size);
  const text = unit ? words.format(rounded(seconds / unit[1]), unit[0]) : "just now";
  return (
    <Tooltip label={exact.format(new Date(at))}>
      <time dateTime={at} className="nowrap">
        {text}
      </time>
    </Tooltip>
  );
}
