// Fills the recording once: each client installs each workload through the recorder, so that the mirror holds
// exactly what the measured installs ask for.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './clients.mjs';
import { places, ports } from './options.mjs';
import { start, stop, untilAnswer } from './processes.mjs';
import { recording } from './site.mjs';
import { npmSettings } from './tools.mjs';

const FILLS = [
  ['npm', 'small'], ['npm', 'medium'], ['bun', 'medium'], ['pnpm', 'medium'], ['npm', 'large'],
];

export async function fillMirror(say) {
  const mark = ([client, workload]) => join(recording, `filled-${client}-${workload}`);
  const missing = FILLS.filter((fill) => !existsSync(mark(fill)));
  if (missing.length === 0) {
    return;
  }
  mkdirSync(recording, { recursive: true });
  const { registry, cafile } = await npmSettings();
  const recorder = start('recorder', process.execPath, [join(places.bench, 'recorder.mjs'), registry, String(ports.recorder), recording], {
    log: join(places.run, 'recorder.log'),
    env: { ...process.env, ...(cafile ? { NODE_EXTRA_CA_CERTS: cafile } : {}) },
  });
  const url = `http://127.0.0.1:${ports.recorder}/`;
  await untilAnswer(recorder, url);
  for (const fill of missing) {
    const { wallMs, packages } = await install(...fill, { url });
    writeFileSync(mark(fill), `${packages}\n`);
    say(`recorded ${fill.join(' ')}: ${packages} packages in ${Math.round(wallMs / 1000)} s`);
  }
  await stop(recorder);
}
