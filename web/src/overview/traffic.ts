import type { Schemas } from "../api";

export type Days = "1" | "7" | "30";
type Count = Schemas["TrafficCount"];
type Both = Pick<Schemas["TrafficPoint"], "documents" | "tarballs">;

/** How far back a chart can go; the first is what is shown when nobody says otherwise. */
export const spans: { value: Days; label: string }[] = [
  { value: "1", label: "The last day" },
  { value: "7", label: "The last 7 days" },
  { value: "30", label: "The last 30 days" },
];

/** Documents and tarballs together. */
export function together(one: Both): Count {
  const { documents, tarballs } = one;
  return {
    hits: documents.hits + tarballs.hits,
    misses: documents.misses + tarballs.misses,
    notModified: documents.notModified + tarballs.notModified,
    refused: documents.refused + tarballs.refused,
    failed: documents.failed + tarballs.failed,
    bytes: documents.bytes + tarballs.bytes,
  };
}

/** Everything that was answered in all of these. */
export function sum(all: Both[]): Count {
  const none: Count = { hits: 0, misses: 0, notModified: 0, refused: 0, failed: 0, bytes: 0 };
  return all.map(together).reduce(
    (a, b) => ({
      hits: a.hits + b.hits,
      misses: a.misses + b.misses,
      notModified: a.notModified + b.notModified,
      refused: a.refused + b.refused,
      failed: a.failed + b.failed,
      bytes: a.bytes + b.bytes,
    }),
    none,
  );
}

/** All requests. */
export const requests = (one: Count) => one.hits + one.misses + one.refused + one.failed;

/** How much of what was served needed no upstream, in words. */
export function share(one: Count) {
  const served = one.hits + one.misses;
  return served === 0 ? "–" : `${Math.floor((100 * one.hits) / served)} %`;
}

/** Bytes as people read them. */
export function size(bytes: number) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toLocaleString("en", { maximumFractionDigits: power === 0 ? 0 : 1 })} ${units[power]}`;
}
