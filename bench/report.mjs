// Writes docs/BENCHMARKS.md from the raw rounds that lie beside it, whatever run they are of.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASES, places } from './options.mjs';
import { median, show } from './numbers.mjs';
import { REACHES } from './reaches.mjs';

function raw(name) {
  const file = join(places.raw, `raw-${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const mark = (met) => (met === undefined ? 'not measured' : met ? 'reached' : '**missed**');

function reachTable() {
  const rows = REACHES.map(({ name, what, reach, judge }) => {
    const data = raw(name);
    const { met, text } = data ? judge(data.rows) : { met: undefined, text: '-' };
    return [what, reach, met === undefined ? '-' : text, mark(met)];
  });
  const met = rows.filter((row) => row[3] === 'reached').length;
  return `${table(['case', 'reach', 'measured', ''], rows)}\n\n${met} of ${rows.length} reached.`;
}

const COLUMNS = {
  cpuMsPer1000: 'CPU ms / 1,000 requests',
  perSecond: 'requests/s',
  p50Ms: 'p50 ms',
  p99Ms: 'p99 ms',
  wallMs: 'wall ms',
  cpuMs: 'CPU ms',
  cpuMsPerMb: 'CPU ms / MB',
  cpuMsPerMiss: 'CPU ms / miss',
  count: 'misses',
  mb: 'MB',
  packages: 'packages',
  status: 'status',
  rssMb: 'RSS MB at first answer',
  idleMb: 'RSS MB idle',
  peakMb: 'peak RSS MB',
};

const KEYS = ['server', 'phase', 'kind', 'step', 'cases'];

/** One line for each server (and phase, kind or step): medians, with the range of the rounds. */
function detail(data) {
  const keys = KEYS.filter((key) => data.rows.some((row) => row[key] !== undefined));
  const columns = Object.keys(COLUMNS).filter((column) => data.rows.some((row) => row[column] !== undefined));
  const groups = Map.groupBy ? Map.groupBy(data.rows, keyOf) : groupBy(data.rows, keyOf);
  function keyOf(row) {
    return keys.map((key) => row[key] ?? '').join('\t');
  }
  const rows = [...groups].map(([key, group]) => [
    ...key.split('\t'),
    ...columns.map((column) => spread(group.map((row) => row[column]))),
    String(group.length),
  ]);
  return table([...keys, ...columns.map((column) => COLUMNS[column]), 'n'], rows);
}

function groupBy(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  }
  return groups;
}

function spread(values) {
  const numbers = values.filter((value) => Number.isFinite(value));
  if (numbers.length === 0) {
    return '-';
  }
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low === high ? show(low) : `${show(median(numbers))} (${show(low)}–${show(high)})`;
}

const TITLES = {
  start: 'Start to first answer',
  large: '`npm ci` of *large*: 1,700 documents, 2,000 tarballs',
  doc: 'Warm document, 60 KB compressed, full form',
  304: 'Not modified',
  tar30k: 'Tarball of 30 KB',
  tar5m: 'Tarball of 5 MB',
  bun: 'Install of *medium* with bun, empty client cache, warm registry',
  pnpm: 'Install of *medium* with pnpm, empty client cache, warm registry',
  miss: 'Misses: what is not in the store yet',
  huge: 'A document of 40 MB in a heap of 256 MB',
  publish: 'Publishing: 8 writers',
  memory: 'Memory at the end of the run',
};

function section(name) {
  const data = raw(name);
  if (!data) {
    return `## ${TITLES[name]}\n\nNot measured yet.`;
  }
  const { processor, cores, memoryGb } = data.machine;
  const how = [
    data.date, `commit ${data.commit}`, `${processor.trim()}, ${cores} cores, ${memoryGb} GB`,
    `load ${data.machine.load} at the end`, data.quick ? 'short rounds' : undefined,
  ].filter(Boolean);
  return `## ${TITLES[name]}\n\n${how.join(' · ')} · rounds: [raw-${name}.json](bench/raw-${name}.json)\n\n${detail(data)}`;
}

function tools() {
  const known = [...CASES, 'memory'].map(raw).find(Boolean)?.versions;
  return known ? Object.entries(known).map(([name, version]) => `${name} ${version}`).join(', ') : '';
}

export function writeReport() {
  const head = readFileSync(join(places.bench, 'report-head.md'), 'utf8');
  const summary = reachTable();
  const text = [head.trim(), `Versions: ${tools()}.`, '## What was to be reached', summary, ...[...CASES, 'memory'].map(section)].join('\n\n');
  writeFileSync(places.report, `${text}\n`);
  return summary;
}
