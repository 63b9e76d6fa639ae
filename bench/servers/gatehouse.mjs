// Gatehouse as anyone starts it: by its launcher, with the nginx origin as its public upstream.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nextPort, places } from '../options.mjs';
import { commandLine } from '../proc.mjs';
import { run, start, untilAnswer } from '../processes.mjs';
import { DOCUMENT } from '../site.mjs';

export const launcher = process.env.GATEHOUSE || join(places.project, 'gatehouse'); // GATEHOUSE: another build's
let instances = 0;

// Nothing outside of the machine is fetched.
process.env.GATEHOUSE_ADVISORIES_FEEDS ??= '';

/** The arguments of `serve` for a data directory. */
export const serveArguments = (data, port, upstream) => [
  'serve', '--host', '127.0.0.1', '--port', String(port), '--data', data, '--public-registry', upstream,
];

/** Builds what the launcher would build at its first use, so that no figure holds a build. */
export const build = () => run(launcher, ['version'], { limitSeconds: 600 });

export async function startGatehouse(origin) {
  const home = join(places.run, `gatehouse-${++instances}`);
  const data = join(home, 'data');
  mkdirSync(home, { recursive: true });
  const port = nextPort();
  const entry = start('gatehouse', launcher, serveArguments(data, port, origin.url), { log: join(home, 'output.log') });
  const base = `http://127.0.0.1:${port}/`;
  await untilAnswer(entry, `${base}-/health/ready`, { accept: (status) => status === 200 });
  const url = `${base}r/default/`;
  const token = await account(data);
  // A running server learns of a new token within two seconds.
  await untilAnswer(entry, `${url}${DOCUMENT}`, {
    headers: { authorization: `Bearer ${token}` },
    accept: (status) => status === 200,
  });
  return { entry, name: 'gatehouse', pid: entry.pid, url, base, port, data, token };
}

async function account(data) {
  const verb = (args, input) => run(launcher, [...args, '--data', data], { input, limitSeconds: 60 });
  await verb(['user', 'add', 'bench', '--role', 'owner', '--password-stdin'], 'a-long-password-for-the-benchmark\n');
  return (await verb(['token', 'create', '--user', 'bench'])).trim();
}

/** The Java program and its flags as the launcher set them, without the start-up cache. */
export function javaOf(server) {
  const words = commandLine(server.pid);
  const jar = words.indexOf('-jar');
  if (jar < 0) {
    throw new Error(`The launcher did not become "java … -jar …": ${words.join(' ')}`);
  }
  const flags = words.slice(1, jar);
  return {
    java: words[0],
    flags: flags.filter((flag) => !flag.startsWith('-XX:AOTCache')),
    aot: flags.some((flag) => flag.startsWith('-XX:AOTCache=')),
    allFlags: flags,
    jar: words[jar + 1],
  };
}
