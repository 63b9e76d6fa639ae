// What the registries spend on packages that they have not seen: processor time for each MB from upstream.
import { openSync, readSync, closeSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../ask.mjs';
import { options } from '../options.mjs';
import { cpuMillis, settle } from '../proc.mjs';
import { recorded, recording } from '../site.mjs';

const MB = 1024 * 1024;
const ABBREVIATED = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*';

/** The size of a compressed file's content: its last four bytes say it. */
function unpackedSize(file) {
  const descriptor = openSync(file, 'r');
  const bytes = Buffer.alloc(4);
  readSync(descriptor, bytes, 0, 4, statSync(file).size - 4);
  closeSync(descriptor);
  return bytes.readUInt32LE();
}

/**
 * Every second one to warm up with, the others to measure, each up to a number of bytes; what is left over is
 * measured afterwards, when a program that compiles itself has had more time for it.
 */
function split(items, warmBytes, measuredBytes) {
  const parts = [[], []];
  const later = [];
  const limits = [warmBytes, measuredBytes];
  const sums = [0, 0];
  items.forEach((item, index) => {
    const part = index % 2;
    if (sums[part] + item.size <= limits[part]) {
      parts[part].push(item);
      sums[part] += item.size;
    } else {
      later.push(item);
    }
  });
  return { warm: parts[0], first: parts[1], later };
}

async function fetchOne(server, path, accept) {
  const { status } = await ask(server, path, { headers: { accept, 'accept-encoding': 'gzip' } });
  if (status !== 200) {
    throw new Error(`${server.name} answered ${status} to ${path}.`);
  }
}

/** Four requests at a time, in order. */
async function askAll(server, items, requests) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) {
      for (const [path, accept] of requests(item)) {
        await fetchOne(server, path, accept);
      }
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}

/** Processor time until the server is idle again, and the time until the last answer. */
async function spent(server, work) {
  await settle([server.pid], 60_000);
  const before = cpuMillis(server.pid);
  const start = performance.now();
  await work();
  const wallMs = performance.now() - start;
  await settle([server.pid], 60_000);
  return { cpuMs: cpuMillis(server.pid) - before, wallMs };
}

const wire = (name) => name.replace('/', '%2f');
const bothForms = (item) => [[wire(item.name), ABBREVIATED], [wire(item.name), 'application/json']];
const tarballOnly = (item) => [[item.path, '*/*']];

export async function misses(bench) {
  const origin = await bench.origin();
  const { names, tarballs } = recorded();
  const documents = split(
    names.map((name) => ({ name, size: unpackedSize(join(origin.site, 'full', `${name}.gz`)) })).filter((one) => one.size < 12 * MB),
    60 * MB, 100 * MB);
  const files = split(
    tarballs.map((path) => ({ path, size: statSync(join(recording, 'tarballs', path)).size })),
    40 * MB, 80 * MB);
  const rounds = options.quick ? 1 : Math.min(3, options.rounds);
  for (let round = 1; round <= rounds; round++) {
    for (const name of options.servers.filter((one) => one !== 'nginx')) {
      const server = await bench.fresh(name);
      const measure = async (kind, step, items, requests) => {
        const mb = items.reduce((sum, item) => sum + item.size, 0) / MB;
        const used = await spent(server, () => askAll(server, items, requests));
        bench.record('miss', {
          round, server: name, kind, step, count: items.length, mb, ...used, cpuMsPerMb: used.cpuMs / mb, cpuMsPerMiss: used.cpuMs / items.length,
        });
      };
      await askAll(server, documents.warm, bothForms);
      await measure('document', 'first', documents.first, bothForms);
      await measure('document', 'later', documents.later, bothForms);
      const owners = [...new Set(tarballs.map((path) => path.split('/-/')[0]))].map((owner) => ({ name: owner }));
      await askAll(server, owners, (item) => [[wire(item.name), ABBREVIATED]]);
      await askAll(server, files.warm, tarballOnly);
      await measure('tarball', 'first', files.first, tarballOnly);
      await measure('tarball', 'later', files.later, tarballOnly);
      await bench.end(server);
    }
  }
}
