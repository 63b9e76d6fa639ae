// A registry on loopback that keeps what clients ask it for: documents and tarballs, from the registry
// that npm on this machine uses. It runs only while the mirror is filled, never while measuring.
// Usage: node recorder.mjs REGISTRY PORT DIRECTORY
import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ORIGIN, documentFile, parsePath, tarballFile } from './recording.mjs';

const [registry, port, directory] = process.argv.slice(2);
const underWay = new Map();
const elsewhere = new Map(); // tarballs that do not stand at the usual place of the registry

async function fetchBytes(url, accept) {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(url, { headers: { accept }, signal: AbortSignal.timeout(120_000) });
      if (response.ok) {
        return Buffer.from(await response.arrayBuffer());
      }
      await response.arrayBuffer();
      if (response.status < 500 || attempt === 3) {
        return response.status;
      }
    } catch (error) {
      if (attempt === 3) {
        throw error;
      }
    }
  }
}

function keep(file, bytes) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, bytes);
  renameSync(`${file}.part`, file);
}

async function recordDocument(name, file) {
  const bytes = await fetchBytes(new URL(name.replace('/', '%2f'), registry), 'application/json');
  if (typeof bytes === 'number') {
    return bytes;
  }
  const document = JSON.parse(bytes.toString('utf8'));
  for (const [version, manifest] of Object.entries(document.versions ?? {})) {
    const usual = `${name}/-/${name.replace(/.*\//, '')}-${version}.tgz`;
    const tarball = manifest.dist?.tarball;
    if (tarball) {
      elsewhere.set(usual, tarball);
      manifest.dist.tarball = `${ORIGIN}${usual}`;
    }
  }
  keep(file, gzipSync(JSON.stringify(document), { level: 1 }));
  return 200;
}

async function recordTarball(path, file) {
  const bytes = await fetchBytes(elsewhere.get(path) ?? new URL(path, registry), '*/*');
  if (typeof bytes === 'number') {
    return bytes;
  }
  keep(file, bytes);
  return 200;
}

function once(file, work) {
  if (existsSync(file)) {
    return Promise.resolve(200);
  }
  if (!underWay.has(file)) {
    underWay.set(file, work().finally(() => underWay.delete(file)));
  }
  return underWay.get(file);
}

async function answer(request, response) {
  const path = parsePath(request.url);
  if (request.method !== 'GET' || !path) {
    return send(response, 404, 'application/json', '{"error":"Not found"}');
  }
  if (path.tarball) {
    const file = tarballFile(directory, path.name, path.tarball);
    const status = await once(file, () => recordTarball(`${path.name}/-/${path.tarball}`, file));
    return status === 200
      ? send(response, 200, 'application/octet-stream', readFileSync(file))
      : send(response, status, 'application/json', '{"error":"Not found"}');
  }
  const file = documentFile(directory, path.name);
  const status = await once(file, () => recordDocument(path.name, file));
  if (status !== 200) {
    return send(response, status, 'application/json', '{"error":"Not found"}');
  }
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  return send(response, 200, 'application/json', text.replaceAll(ORIGIN, `http://127.0.0.1:${port}/`));
}

function send(response, status, type, body) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(request.url, error.message);
    send(response, 502, 'application/json', '{"error":"the upstream failed"}');
  });
}).listen(Number(port), '127.0.0.1', () => mkdirSync(join(directory, 'documents'), { recursive: true }));
