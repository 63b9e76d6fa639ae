// What the command was asked to do, from the environment (make passes its variables on).
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

export const places = {
  bench: here,
  project: dirname(here),
  workloads: join(dirname(here), 'e2e', 'workloads'),
  cache: join(here, '.cache'), // tools, recorded packages, sites: kept between runs, not committed
  run: join(dirname(here), 'target', 'bench'), // data directories and logs: emptied by each run
  client: join(process.env.CLIENT_DIR || join(dirname(here), 'target'), 'gatehouse-bench-client'), // on disk, as users have it
  raw: join(dirname(here), 'docs', 'bench'),
  report: join(dirname(here), 'docs', 'BENCHMARKS.md'),
};

export const CASES = [
  'start', 'large', 'doc', '304', 'tar30k', 'tar5m', 'bun', 'pnpm', 'miss', 'huge', 'publish',
];

const quick = Boolean(process.env.QUICK) && process.env.QUICK !== '0';
const firstPort = Number(process.env.BENCH_PORT || 18730);

export const ports = {
  mirror: firstPort, // nginx, with the token check: what the others are compared with
  origin: firstPort + 1, // nginx, open: the upstream of everyone
  recorder: firstPort + 2,
};

let lastPort = ports.recorder;

/** A port of its own for each further server. */
export const nextPort = () => ++lastPort;

export const options = {
  quick,
  cases: list(process.env.CASES) ?? CASES,
  servers: list(process.env.SERVERS) ?? ['nginx', 'gatehouse', 'pnpr', 'verdaccio'],
  rounds: Number(process.env.ROUNDS || (quick ? 3 : 5)),
  // A pass of `npm ci` of the large workload takes more than a minute for each server.
  largeRounds: Number(process.env.LARGE_ROUNDS || process.env.ROUNDS || (quick ? 1 : 3)),
  installRounds: Number(process.env.ROUNDS || (quick ? 3 : 5)),
  seconds: quick ? { doc: 4, 304: 3, tar30k: 3, tar5m: 3 } : { doc: 8, 304: 5, tar30k: 8, tar5m: 6 },
  warmUpSeconds: quick ? 3 : 6, // of each case and server
  connections: 32,
  // Server on one processor and load generator on another, while wrk runs.
  pin: process.env.PIN !== '0',
  token: 'bench-token-of-the-static-mirror',
};

function list(text) {
  return text ? text.split(/[\s,]+/).filter(Boolean) : undefined;
}

export function checkOptions() {
  const unknown = options.cases.filter((name) => !CASES.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no case ${unknown.join(', ')}. The cases are: ${CASES.join(', ')}.`);
  }
}
