// Runs a real client on a workload, with nothing of this machine's own settings and with empty caches.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { places } from './options.mjs';
import { run } from './processes.mjs';
import { tools } from './tools.mjs';

/** The variables that a client gets: none that would turn it to another registry or cache. */
function environment(home) {
  const kept = Object.entries(process.env).filter(([key]) => !/^(npm_|bun_|pnpm_|yarn_|node_options|xdg_)/i.test(key));
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    PATH: `${dirname(tools.node)}:${process.env.PATH}`,
    BUN_INSTALL_CACHE_DIR: join(home, 'bun'),
    CI: '1',
  };
}

function npmrc(url, token) {
  const key = url.replace(/^http:/, '');
  return [`registry=${url}`, token ? `${key}:_authToken=${token}` : '', 'fund=false', 'audit=false', 'update-notifier=false', '']
    .join('\n');
}

const commands = {
  // With the lockfile, which names no addresses: npm asks for each document, then for each tarball.
  npm: (home) => [tools.node, [tools.npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `--cache=${join(home, 'npm')}`]],
  // Without a lockfile: these ask for each document and for each tarball.
  bun: () => [tools.bun, ['install', '--ignore-scripts', '--no-progress', '--no-summary']],
  pnpm: (home) => [tools.pnpm, ['install', '--ignore-scripts', '--no-frozen-lockfile', `--store-dir=${join(home, 'store')}`, `--cache-dir=${join(home, 'cache')}`, '--reporter=silent']],
};

/** Removes what the last client left. By `rm`, which an interrupt can end. */
export const removeClient = () => run('rm', ['-rf', places.client]);

/** Installs a workload from the registry; milliseconds of wall time and the number of packages. */
export async function install(client, workload, { url, token }) {
  const home = places.client;
  const project = join(home, 'project');
  await removeClient();
  mkdirSync(project, { recursive: true });
  cpSync(join(places.workloads, workload, 'package.json'), join(project, 'package.json'));
  if (client === 'npm') {
    cpSync(join(places.workloads, workload, 'package-lock.json'), join(project, 'package-lock.json'));
  }
  if (client === 'pnpm') {
    // The mirror holds what was recorded: a version must not be chosen by today's date.
    writeFileSync(join(project, 'pnpm-workspace.yaml'), 'minimumReleaseAge: 0\n');
  }
  writeFileSync(join(project, '.npmrc'), npmrc(url, token));
  const [command, args] = commands[client](home);
  const start = performance.now();
  await run(command, args, { cwd: project, env: environment(home), limitSeconds: 900 });
  const wallMs = performance.now() - start;
  const packages = installed(project);
  await removeClient();
  if (packages < 50) {
    throw new Error(`${client} of ${workload} from ${url} installed only ${packages} packages.`);
  }
  return { wallMs, packages };
}

function installed(project) {
  const root = join(project, 'node_modules');
  const names = (directory) => readdirSync(directory, { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.'));
  const pnpm = readdirSync(root).includes('.pnpm');
  if (pnpm) {
    return names(join(root, '.pnpm')).filter((entry) => entry.isDirectory() && entry.name !== 'node_modules').length;
  }
  const count = (directory) =>
    names(directory).reduce((sum, entry) => {
      if (!entry.isDirectory()) {
        return sum;
      }
      const path = join(directory, entry.name);
      return sum + (entry.name.startsWith('@') ? count(path) : 1 + nested(path));
    }, 0);
  const nested = (path) => (readdirSync(path).includes('node_modules') ? count(join(path, 'node_modules')) : 0);
  return count(root);
}
