// Where the recorded packages lie, and how a request's path is read.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Stands in recorded documents where a site's own address comes. */
export const ORIGIN = 'http://origin.test/';

export const documentFile = (directory, name) => join(directory, 'documents', `${name}.json.gz`);
export const tarballFile = (directory, name, file) => join(directory, 'tarballs', name, '-', file);

/** The package and, for a tarball, its file name; undefined for any other path. */
export function parsePath(url) {
  const path = decodeURIComponent(url.split('?')[0]).replace(/^\/+|\/+$/g, '');
  const match = path.match(/^((?:@[\w.~-]+\/)?[\w.~-]+)(?:\/-\/([\w.~+@-]+\.tgz))?$/);
  if (!match || match[1].split('/').some((part) => part.startsWith('.') || part === '-')) {
    return undefined;
  }
  return { name: match[1], tarball: match[2] };
}

/** The names of all recorded documents, sorted. */
export function recordedNames(directory) {
  const root = join(directory, 'documents');
  return walk(root).map((file) => file.replace(/\.json\.gz$/, '')).sort();
}

/** The paths of all recorded tarballs (`name/-/file.tgz`), sorted. */
export function recordedTarballs(directory) {
  return walk(join(directory, 'tarballs')).sort();
}

function walk(root, under = '') {
  if (!existsSync(join(root, under))) {
    return [];
  }
  return readdirSync(join(root, under), { withFileTypes: true }).flatMap((entry) => {
    const path = under ? `${under}/${entry.name}` : entry.name;
    return entry.isDirectory() ? walk(root, path) : /\.(gz|tgz)$/.test(path) ? [path] : [];
  });
}
