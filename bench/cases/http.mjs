// Warm answers under load: a document, "not modified", a small and a large tarball.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../ask.mjs';
import { options } from '../options.mjs';
import { DOCUMENT, LARGE, SMALL, made } from '../site.mjs';
import { load } from '../wrk.mjs';

// The full form, which npm asks for when it installs.
const FULL = 'application/json';
const document = { path: DOCUMENT, headers: { accept: FULL, 'accept-encoding': 'gzip' } };
const tarball = (version) => ({
  path: `${DOCUMENT}/-/${DOCUMENT}-${version}.tgz`,
  headers: { accept: '*/*' },
  digest: digest(() => readFileSync(join(made, 'tarballs', DOCUMENT, '-', `${DOCUMENT}-${version}.tgz`))),
});
const requests = { doc: document, 304: { ...document, conditional: true }, tar30k: tarball(SMALL), tar5m: tarball(LARGE) };

export const HTTP_CASES = Object.keys(requests);

function digest(read) {
  let known;
  return () => (known ??= sha256(read()));
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Asks once as the load will, and refuses an answer that is not the one meant. */
async function prepare(server, name) {
  const { path, headers, digest: expected, conditional } = requests[name];
  const response = await ask(server, path, { headers });
  if (response.status !== 200) {
    throw new Error(`${server.name} answered ${response.status} to ${path}: ${response.text().slice(0, 300)}`);
  }
  if (expected && sha256(response.bytes) !== expected()) {
    throw new Error(`${server.name} served other bytes for ${path}.`);
  }
  if (!expected && Object.keys(response.json().versions).length < 400) {
    throw new Error(`${server.name} served another document for ${path}.`);
  }
  const all = { ...headers, ...(server.token ? { authorization: `Bearer ${server.token}` } : {}) };
  if (!conditional) {
    return { path, headers: all, bytes: response.bytes.length };
  }
  if (!response.headers.etag && server.name === 'pnpr') {
    return undefined; // it gives documents no ETag, so there is nothing to compare
  }
  all['if-none-match'] = response.headers.etag;
  const again = await ask(server, path, { headers: all });
  if (again.status !== 304) {
    throw new Error(`${server.name} answered ${again.status} to a request with its own ETag.`);
  }
  return { path, headers: all, bytes: again.bytes.length };
}

/** Verdaccio answers some thirty documents a second: a short run would end before the first ones. */
function secondsFor(server, name) {
  const slow = server.name === 'verdaccio' && ['doc', '304'].includes(name);
  return slow ? Math.max(8, options.seconds[name]) : options.seconds[name];
}

async function refusesStrangers(server) {
  const response = await ask({ ...server, token: undefined }, DOCUMENT, { headers: { accept: FULL } });
  if (response.status !== 401) {
    throw new Error(`${server.name} answers ${response.status} without a token: the check is off.`);
  }
}

export async function httpCases(bench, names) {
  const servers = await bench.servers(options.servers);
  for (const server of servers.filter((one) => ['nginx', 'gatehouse'].includes(one.name))) {
    await refusesStrangers(server);
  }
  const each = async (work) => {
    for (const name of names) {
      for (const server of servers) {
        const prepared = await prepare(server, name);
        if (prepared) {
          await work(name, server, prepared);
        }
      }
    }
  };
  // The JVM compiles for a while: it warms up twice.
  for (const part of [1, 2]) {
    await each(async (_, server, { path, headers }) => {
      if (part === 1 || server.name === 'gatehouse') {
        await load(server, path, headers, options.warmUpSeconds, { warmUp: true });
      }
    });
  }
  for (let round = 1; round <= options.rounds; round++) {
    await each(async (name, server, { path, headers, bytes }) => {
      const row = await load(server, path, headers, secondsFor(server, name));
      bench.record(name, { round, server: server.name, bytes, ...row });
    });
  }
}
