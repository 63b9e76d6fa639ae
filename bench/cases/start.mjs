// From the start of the process to its first answer, beside a bare Vert.x program with the same flags, and the
// memory of a server that nobody has asked for anything.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nextPort, options, places } from '../options.mjs';
import { cpuMillis, memory, settle } from '../proc.mjs';
import { run, start, stop, untilAnswer } from '../processes.mjs';
import { javaOf, launcher, serveArguments, startGatehouse } from '../servers/gatehouse.mjs';

/** Compiles the bare program against the server's own libraries and makes its start-up cache. */
async function prepareBare({ java, flags, jar }) {
  const home = join(places.run, 'bare');
  const classes = join(home, 'classes');
  mkdirSync(classes, { recursive: true });
  const tool = (name) => join(java, '..', name);
  await run(tool('javac'), ['-cp', jar, '-d', classes, join(places.bench, 'bare', 'BareVertx.java')]);
  const bareJar = join(home, 'bare.jar');
  await run(tool('jar'), ['--create', '--file', bareJar, '-C', classes, '.']);
  const args = ['-cp', `${bareJar}:${jar}`, 'BareVertx'];
  const cache = join(home, 'bare.aot');
  const port = nextPort();
  const training = start('bare', java, [...flags, `-XX:AOTCacheOutput=${cache}`, ...args, String(port)], { log: join(home, 'output.log') });
  await untilAnswer(training, `http://127.0.0.1:${port}/`);
  await stop(training, 120); // it writes its cache when it ends
  return { command: java, args: [...flags, `-XX:AOTCache=${cache}`, ...args, String(port)], url: `http://127.0.0.1:${port}/`, log: join(home, 'output.log') };
}

async function once({ command, args, url, log }, name) {
  const entry = start(name, command, args, { log });
  const wallMs = await untilAnswer(entry, url, { accept: (status) => status === 200 });
  const row = { wallMs, cpuMs: cpuMillis(entry.pid), rssMb: memory(entry.pid).rssMb };
  return { entry, row };
}

export async function starts(bench) {
  const first = await startGatehouse(await bench.origin());
  const program = javaOf(first);
  const url = `${first.base}-/health/live`;
  const log = first.entry.log;
  await stop(first.entry);
  const serve = serveArguments(first.data, first.port, (await bench.origin()).url);
  const candidates = {
    'bare Vert.x': await prepareBare(program),
    gatehouse: { command: program.java, args: [...program.allFlags, '-jar', program.jar, ...serve], url, log },
    'gatehouse by its launcher': { command: launcher, args: serve, url, log },
  };
  for (let round = 1; round <= options.rounds + 2; round++) {
    for (const [name, candidate] of Object.entries(candidates)) {
      await settle(bench.running().map((one) => one.pid), 5000);
      const { entry, row } = await once(candidate, name);
      if (name === 'gatehouse') {
        await new Promise((resolve) => setTimeout(resolve, 3000));
        await settle([entry.pid]);
        row.idleMb = memory(entry.pid).rssMb;
        row.aot = program.aot;
        row.heap = program.flags.find((flag) => flag.startsWith('-Xmx')) ?? '?';
      }
      await stop(entry);
      bench.record('start', { round, server: name, ...row });
    }
  }
}

/** The Java release, for the report's head. */
export function javaVersion(java) {
  return execFileSync(java, ['--version'], { encoding: 'utf8' }).split('\n')[0];
}
