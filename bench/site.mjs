// Lays the recorded and the made packages out as files for nginx: documents in both forms, compressed, with
// tarball addresses that lead to the site itself.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { places } from './options.mjs';
import { documentOfNoise, integrityOf, noise, shasumOf, tarball } from './packages.mjs';
import { ORIGIN, documentFile, recordedNames, recordedTarballs } from './recording.mjs';

export const recording = join(places.cache, 'recording');
export const made = join(places.cache, 'made');
export const DOCUMENT = 'bench-document';
export const SMALL = '1.0.0'; // its version with a tarball of 30 KB
export const LARGE = '2.0.0'; // and the one with 5 MB
export const HUGE = 'bench-huge';
const LAYOUT = 4; // raise it when the layout of a site changes

const VERSION_FIELDS = [
  'name', 'version', 'deprecated', 'dependencies', 'acceptDependencies', 'optionalDependencies', 'devDependencies',
  'bundleDependencies', 'bundledDependencies', 'peerDependencies', 'peerDependenciesMeta', 'bin', 'directories',
  'dist', 'engines', '_hasShrinkwrap', 'hasInstallScript', 'funding', 'cpu', 'os', 'libc',
];

export function abbreviated(full) {
  const versions = {};
  for (const [version, from] of Object.entries(full.versions ?? {})) {
    const to = {};
    for (const field of VERSION_FIELDS) {
      if (from[field] !== undefined) {
        to[field] = from[field];
      }
    }
    if (['preinstall', 'install', 'postinstall'].some((script) => from.scripts?.[script])) {
      to.hasInstallScript = true;
    }
    versions[version] = to;
  }
  return { name: full.name, modified: full.time?.modified, 'dist-tags': full['dist-tags'], versions, time: full.time };
}

/**
 * A document as a well-known package has it: some 400 versions, 60 KB compressed. Two of its versions have
 * tarballs, a small and a large one, all of noise.
 */
export function makeDocument() {
  const text = (index, at) => `${['serve', 'build', 'lint', 'check'][at % 4]}-${at} --reporter spec --timeout ${(index >> 4) * 10} test/ test/acceptance/`;
  const full = documentOfNoise(ORIGIN, DOCUMENT, 420, (index) => ({
    dependencies: Object.fromEntries(Array.from({ length: 18 }, (_, at) => [`dependency-${at}`, `~${at % 5}.${(index >> 3) % 20}.${at}`])),
    devDependencies: Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`tool-${at}`, `^${at}.${(index >> 4) % 10}.0`])),
    scripts: Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`task-${at}`, text(index, at)])),
    repository: { type: 'git', url: 'git+https://code.test/made/bench-document.git' },
    contributors: Array.from({ length: 4 }, (_, at) => ({ name: `Person ${at}`, email: `person${at}@mail.test` })),
    keywords: ['made', 'for', 'a', 'benchmark', 'web', 'router', 'middleware'],
    files: ['LICENSE', 'History.md', 'Readme.md', 'index.js', 'lib/'],
  }));
  for (const [version, size] of Object.entries({ [SMALL]: 30 * 1024, [LARGE]: 5 * 1024 * 1024 })) {
    const bytes = tarball(DOCUMENT, version, size);
    write(join(made, 'tarballs', DOCUMENT, '-', `${DOCUMENT}-${version}.tgz`), bytes);
    Object.assign(full.versions[version].dist, { integrity: integrityOf(bytes), shasum: shasumOf(bytes) });
  }
  return full;
}

/** A document of 40 MB in its full form, of 17 MB in the abbreviated one. */
export function makeHuge() {
  const filler = (index) => ({
    dependencies: Object.fromEntries(Array.from({ length: 24 }, (_, at) => [`dependency-${at}`, `^${at}.${index % 50}.0`])),
    scripts: Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`task${at}`, `node scripts/${index}/${at}.js --all`])),
    contributors: Array.from({ length: 4 }, (_, at) => ({ name: `Person ${index} ${at}`, email: `person${at}@mail.test` })),
    keywords: [noise(`keywords${index}`, 180).toString('base64'), 'made', 'benchmark'],
    browserslist: Array.from({ length: 20 }, (_, at) => `browser ${at} >= ${index % 90}`),
  });
  return documentOfNoise(ORIGIN, HUGE, 15_700, filler);
}

function write(file, bytes) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

function layOut(root, origin, document) {
  for (const [form, content] of [['full', document], ['abbreviated', abbreviated(document)]]) {
    const text = JSON.stringify(content).replaceAll(ORIGIN, origin);
    write(join(root, form, `${document.name}.gz`), gzipSync(text, { level: 6 }));
  }
}

/** Builds the site for one address unless it stands already; returns its directory. */
export function buildSite(name, port) {
  const root = join(places.cache, `site-${name}-${port}`);
  const names = recordedNames(recording);
  const stamp = createHash('sha256').update(`${LAYOUT}\n${names.join('\n')}`).digest('hex');
  const stampFile = join(root, 'stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return root;
  }
  rmSync(root, { recursive: true, force: true });
  const origin = `http://127.0.0.1:${port}/`;
  layOut(root, origin, makeDocument());
  layOut(root, origin, makeHuge());
  for (const one of names) {
    layOut(root, origin, JSON.parse(gunzipSync(readFileSync(documentFile(recording, one))).toString('utf8')));
  }
  writeFileSync(stampFile, stamp);
  return root;
}

/** What was recorded, by name, for cases that choose packages from it. */
export function recorded() {
  return { names: recordedNames(recording), tarballs: recordedTarballs(recording) };
}
