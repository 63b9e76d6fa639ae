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

/** Every second one to warm up with, the others to measure, each up to a number of bytes. */
function split(items, warmBytes, measuredBytes) {
  const parts = [[], []];
  const limits = [warmBytes, measuredBytes];
  const sums = [0, 0];
  items.forEach((item, index) => {
    const part = index % 2;
    if (sums[part] + item.size <= limits[part]) {
      parts[part].push(item);
      sums[part] += item.size;
    }
  });
  return { warm: parts[0], measured: parts[1], bytes: sums[1] };
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
  await settle([server.pid], 60_000);
}

async function spent(server, work) {
  await settle([server.pid]);
  const before = cpuMillis(server.pid);
  const start = performance.now();
  await work();
  return { cpuMs: cpuMillis(server.pid) - before, wallMs: performance.now() - start };
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
    tarballs.map((path) => ({ path, name: path.split('/-/')[0], size: statSync(join(recording, 'tarballs', path)).size })),
    40 * MB, 80 * MB);
  const rounds = options.quick ? 1 : Math.min(3, options.rounds);
  for (let round = 1; round <= rounds; round++) {
    for (const name of options.servers.filter((one) => one !== 'nginx')) {
      const server = await bench.fresh(name);
      await askAll(server, documents.warm, bothForms);
      const json = await spent(server, () => askAll(server, documents.measured, bothForms));
      const owners = [...new Set([...files.warm, ...files.measured].map((file) => file.name))].map((owner) => ({ name: owner }));
      await askAll(server, owners, (item) => [[wire(item.name), ABBREVIATED]]);
      await askAll(server, files.warm, tarballOnly);
      const bytes = await spent(server, () => askAll(server, files.measured, tarballOnly));
      bench.record('miss', { round, server: name, kind: 'document', count: documents.measured.length, mb: documents.bytes / MB, ...json, cpuMsPerMb: json.cpuMs / (documents.bytes / MB) });
      bench.record('miss', { round, server: name, kind: 'tarball', count: files.measured.length, mb: files.bytes / MB, ...bytes, cpuMsPerMb: bytes.cpuMs / (files.bytes / MB) });
      await bench.end(server);
    }
  }
}
