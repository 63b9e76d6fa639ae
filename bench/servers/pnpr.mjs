// pnpr with the nginx origin as its only upstream. It is asked without a token: its own checks are per package.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nextPort, places } from '../options.mjs';
import { start, untilAnswer } from '../processes.mjs';
import { tools } from '../tools.mjs';

const configuration = (home, upstream) => `
storage: ${home}/storage
registries:
  origin:
    type: upstream
    url: ${upstream}
    public: true
defaultRegistry: origin
log: { type: stdout, format: json, level: http }
`;

let instances = 0;

export async function startPnpr(origin) {
  const home = join(places.run, `pnpr-${++instances}`);
  mkdirSync(home, { recursive: true });
  const file = join(home, 'config.yaml');
  writeFileSync(file, configuration(home, origin.url));
  const address = `127.0.0.1:${nextPort()}`;
  const entry = start('pnpr', tools.pnpr, ['-c', file, '--listen', address, '--packument-ttl-secs', '86400'], {
    log: join(home, 'output.log'),
    cwd: home,
  });
  const url = `http://${address}/`;
  await untilAnswer(entry, `${url}-/ping`);
  return { entry, name: 'pnpr', pid: entry.pid, url, token: undefined };
}
