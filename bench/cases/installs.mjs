// Whole installs by real clients, through each server in turn.
import { install } from '../clients.mjs';
import { options } from '../options.mjs';
import { cpuMillis, memory, settle } from '../proc.mjs';
import { run } from '../processes.mjs';

/** One install; wall time, and what the server spent until it was idle again. */
async function measure(bench, client, workload, server) {
  // What earlier installs wrote is on the disk before the next one is timed.
  await run('sync', []);
  await settle(bench.running().map((one) => one.pid));
  const before = cpuMillis(server.pid);
  const { wallMs, packages } = await install(client, workload, server);
  const cpuAtEndMs = cpuMillis(server.pid) - before;
  await settle([server.pid]);
  return { wallMs, packages, cpuMs: cpuMillis(server.pid) - before, cpuAtEndMs, peakMb: memory(server.pid).peakMb };
}

/** `medium` with bun and with pnpm, from warm stores. */
export async function mediumInstalls(bench, clients) {
  const servers = await bench.servers(options.servers);
  for (const client of clients) {
    for (const server of servers) {
      await install(client, 'medium', server);
    }
    for (let round = 1; round <= options.installRounds; round++) {
      for (const server of servers) {
        bench.record(client, { round, server: server.name, ...(await measure(bench, client, 'medium', server)) });
      }
    }
  }
}

/**
 * `npm ci` of `large`: straight to the mirror, then through each registry with an empty store, then again with the
 * store that this left. The first round uses the Gatehouse that all other cases use, so that its peak memory
 * holds everything; the others use fresh ones.
 */
export async function largeInstalls(bench) {
  for (let round = 1; round <= options.largeRounds; round++) {
    for (const name of options.servers) {
      const keeps = name === 'nginx' || (round === 1 && !bench.isRunning(name));
      const server = keeps ? (await bench.servers([name]))[0] : await bench.fresh(name);
      for (const phase of phases(name)) {
        bench.record('large', { round, server: name, phase, ...(await measure(bench, 'npm', 'large', server)) });
      }
      if (!keeps) {
        await bench.end(server);
      }
    }
  }
}

function phases(name) {
  if (name === 'nginx') {
    return ['warm'];
  }
  if (options.quick && name !== 'gatehouse') {
    return name === 'pnpr' ? ['cold'] : [];
  }
  return ['cold', 'warm'];
}
