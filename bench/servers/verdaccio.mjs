// Verdaccio as its own documentation sets it up, with the nginx origin as its uplink.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nextPort, places } from '../options.mjs';
import { start, untilAnswer } from '../processes.mjs';
import { tools } from '../tools.mjs';

const configuration = (home, upstream) => `
storage: ${home}/storage
auth:
  htpasswd:
    file: ${home}/htpasswd
uplinks:
  origin:
    url: ${upstream}
    maxage: 24h
    max_fails: 100
packages:
  '**':
    access: $all
    publish: $authenticated
    unpublish: $authenticated
    proxy: origin
security:
  api:
    # Signed tokens: with the default ones every request pays for a password hash.
    jwt:
      sign: { expiresIn: 30d }
server:
  keepAliveTimeout: 60
max_body_size: 100mb
log: { type: file, path: ${home}/access.log, format: json, level: http }
`;

let instances = 0;

export async function startVerdaccio(origin) {
  const home = join(places.run, `verdaccio-${++instances}`);
  mkdirSync(home, { recursive: true });
  const address = `127.0.0.1:${nextPort()}`;
  const file = join(home, 'config.yaml');
  writeFileSync(file, configuration(home, origin.url));
  const entry = start('verdaccio', tools.node, [tools.verdaccio, '--config', file, '--listen', address], {
    log: join(home, 'output.log'),
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const url = `http://${address}/`;
  await untilAnswer(entry, `${url}-/ping`);
  return { entry, name: 'verdaccio', pid: entry.pid, url, token: await account(url) };
}

async function account(url) {
  const body = { _id: 'org.couchdb.user:bench', name: 'bench', password: 'bench-password', type: 'user', roles: [] };
  const response = await fetch(`${url}-/user/org.couchdb.user:bench`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!answer.token) {
    throw new Error(`Verdaccio gave no token: ${JSON.stringify(answer)}`);
  }
  return answer.token;
}
