// Brings what the benchmark needs: wrk and nginx from Debian, servers and clients from the npm registry.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { places } from './options.mjs';
import { run } from './processes.mjs';

const home = join(places.cache, 'tools');
const bin = (name) => join(home, 'node_modules', '.bin', name);

export const tools = {
  node: bin('node'),
  bun: bin('bun'),
  pnpm: bin('pnpm'),
  pnpr: bin('pnpr'),
  npm: join(home, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  verdaccio: join(home, 'node_modules', 'verdaccio', 'bin', 'verdaccio'),
};

const found = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

function installPrograms() {
  const missing = [['wrk', 'wrk'], ['nginx', 'nginx-light'], ['taskset', 'util-linux']]
    .filter(([command]) => !found(command))
    .map(([, debianPackage]) => debianPackage);
  if (missing.length === 0) {
    return;
  }
  const hands = process.getuid() === 0 ? [] : ['sudo'];
  const apt = (...args) => {
    const [command, ...rest] = [...hands, 'apt-get', ...args];
    // No service is to start by itself: the benchmark runs its own nginx.
    execFileSync(command, rest, { stdio: 'inherit', env: { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' } });
  };
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...missing);
}

async function installPackages() {
  const wanted = readFileSync(join(places.bench, 'tools', 'package.json'), 'utf8');
  const stamp = join(home, 'installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  mkdirSync(home, { recursive: true });
  copyFileSync(join(places.bench, 'tools', 'package.json'), join(home, 'package.json'));
  await run('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--loglevel=error'], { cwd: home });
  writeFileSync(stamp, wanted);
}

export async function installTools() {
  installPrograms();
  await installPackages();
}

/** The registry that npm on this machine uses, and the certificates that it trusts beside its own. */
export async function npmSettings() {
  const get = async (key) => (await run('npm', ['config', 'get', key], { cwd: places.bench })).trim();
  const registry = await get('registry');
  const cafile = await get('cafile');
  return { registry: registry.endsWith('/') ? registry : `${registry}/`, cafile: cafile === 'null' ? undefined : cafile };
}

/** One line on what the figures were made with. */
export async function versions() {
  const one = async (command, args) => (await run(command, args).catch(() => '?')).trim().split('\n')[0];
  const wanted = JSON.parse(readFileSync(join(places.bench, 'tools', 'package.json'), 'utf8')).dependencies;
  const nginx = spawnSync('nginx', ['-v'], { encoding: 'utf8' }).stderr.trim().replace(/^.*\//, '');
  return {
    kernel: await one('uname', ['-r']),
    nginx,
    node: wanted.node,
    verdaccio: wanted.verdaccio,
    pnpr: wanted['@pnpm/pnpr'],
    bun: wanted.bun,
    pnpm: wanted.pnpm,
    npm: wanted.npm,
  };
}
