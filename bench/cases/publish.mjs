// Publishing: 8 writers, each with a package of its own, version after version, tarballs of 10 KB.
import { ask } from '../ask.mjs';
import { options } from '../options.mjs';
import { publishBody, tarball } from '../packages.mjs';
import { cpuMillis, memory, settle } from '../proc.mjs';

const WRITERS = 8;
const VERSIONS = options.quick ? 50 : 100;

async function put(server, name, body) {
  const response = await ask(server, name, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
  if (response.status >= 300) {
    throw new Error(`${server.name} answered ${response.status} to a publish of ${name}: ${response.text().slice(0, 300)}`);
  }
}

/** All that was answered with success must be there. */
async function verify(server, name) {
  const document = (await ask(server, name)).json();
  const found = Object.keys(document.versions ?? {}).length;
  if (found !== VERSIONS) {
    throw new Error(`${server.name} has ${found} versions of ${name}, not ${VERSIONS}.`);
  }
}

async function publishAll(bench, server, round) {
  const names = Array.from({ length: WRITERS }, (_, writer) => `bench-published-${round}-${writer}`);
  const work = names.map((name) =>
    Array.from({ length: VERSIONS }, (_, index) => {
      const version = `1.0.${index}`;
      return publishBody(server.url, name, version, tarball(name, version, 10 * 1024));
    }),
  );
  await settle(bench.running().map((one) => one.pid));
  const before = cpuMillis(server.pid);
  const start = performance.now();
  await Promise.all(
    names.map(async (name, writer) => {
      for (const body of work[writer]) {
        await put(server, name, body);
      }
    }),
  );
  const wallMs = performance.now() - start;
  const cpuMs = cpuMillis(server.pid) - before;
  for (const name of names) {
    await verify(server, name);
  }
  const requests = WRITERS * VERSIONS;
  return { requests, wallMs, perSecond: requests / (wallMs / 1000), cpuMs, cpuMsPer1000: (cpuMs / requests) * 1000, peakMb: memory(server.pid).peakMb };
}

export async function publishes(bench) {
  const servers = await bench.servers(options.servers.filter((name) => ['gatehouse', 'verdaccio'].includes(name)));
  for (let round = 0; round <= options.rounds; round++) {
    for (const server of servers) {
      const row = await publishAll(bench, server, round);
      if (round > 0) {
        bench.record('publish', { round, server: server.name, ...row }); // round 0 warms up
      }
    }
  }
}
