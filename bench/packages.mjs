// Packages made for the benchmark, the same bytes on every machine: their content comes from a counter.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** Bytes that do not compress and depend only on the seed. */
export function noise(seed, length) {
  const blocks = [];
  for (let index = 0; index * 64 < length; index++) {
    blocks.push(createHash('sha512').update(`${seed}/${index}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** A tarball as npm makes them, of about the given size, with package.json first. */
export function tarball(name, version, size) {
  const manifest = Buffer.from(JSON.stringify({ name, version, description: 'made for a benchmark' }));
  const entries = [
    entry('package/package.json', manifest),
    entry('package/noise.bin', noise(`${name}@${version}`, Math.max(0, size - 600))),
    Buffer.alloc(1024),
  ];
  return gzipSync(Buffer.concat(entries), { level: 6 });
}

function entry(path, content) {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

export const integrityOf = (bytes) => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
export const shasumOf = (bytes) => createHash('sha1').update(bytes).digest('hex');

/** A manifest as it stands in a document. The tarball's address starts with the given origin. */
export function manifest(origin, name, version, dist) {
  return {
    name,
    version,
    description: 'made for a benchmark',
    license: 'Apache-2.0',
    dependencies: { accepts: '^1.3.8', cookie: '~0.7.1', debug: '^4.3.7', qs: `^6.${version.length}.0` },
    devDependencies: { eslint: '^9.0.0', mocha: '^10.7.3' },
    engines: { node: '>= 18' },
    _id: `${name}@${version}`,
    dist: { ...dist, tarball: `${origin}${name}/-/${name}-${version}.tgz` },
  };
}

/** A document whose versions have no tarball that could be fetched: for the cases of documents alone. */
export function documentOfNoise(origin, name, count, extra = () => ({})) {
  const versions = {};
  const time = { created: '2020-01-01T00:00:00.000Z', modified: '2024-01-01T00:00:00.000Z' };
  for (let index = 0; index < count; index++) {
    const version = `${1 + Math.floor(index / 100)}.${Math.floor(index / 10) % 10}.${index % 10}`;
    const seed = `${name}@${version}`;
    versions[version] = {
      ...manifest(origin, name, version, { integrity: integrityOf(seed), shasum: shasumOf(seed) }),
      ...extra(index),
    };
    time[version] = new Date(Date.UTC(2020, 0, 1) + index * 3_600_000).toISOString();
  }
  return { _id: name, name, 'dist-tags': { latest: Object.keys(versions).at(-1) }, versions, time };
}

/** The body of a publish of one version. */
export function publishBody(origin, name, version, bytes) {
  const file = `${name}-${version}.tgz`;
  const dist = { integrity: integrityOf(bytes), shasum: shasumOf(bytes) };
  return JSON.stringify({
    _id: name,
    name,
    'dist-tags': { latest: version },
    versions: {
      [version]: { name, version, description: 'made for a benchmark', _id: `${name}@${version}`, dist: { ...dist, tarball: `${origin}${name}/-/${file}` } },
    },
    access: null,
    _attachments: {
      [file]: { content_type: 'application/octet-stream', data: bytes.toString('base64'), length: bytes.length },
    },
  });
}
