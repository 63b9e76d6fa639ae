// The benchmark's command: brings the tools, fills the mirror once, runs the cases, writes the report.
import { mkdirSync } from 'node:fs';
import { Bench } from './bench.mjs';
import { HTTP_CASES, httpCases } from './cases/http.mjs';
import { hugeDocument } from './cases/huge.mjs';
import { largeInstalls, mediumInstalls } from './cases/installs.mjs';
import { misses } from './cases/miss.mjs';
import { publishes } from './cases/publish.mjs';
import { starts } from './cases/start.mjs';
import { fillMirror } from './mirror.mjs';
import { checkOptions, options, places } from './options.mjs';
import { run, stopAll } from './processes.mjs';
import { writeReport } from './report.mjs';
import { build } from './servers/gatehouse.mjs';
import { installTools } from './tools.mjs';

const begin = performance.now();
const say = (text) => console.log(`${((performance.now() - begin) / 1000).toFixed(0).padStart(5)} s  ${text}`);

const http = options.cases.filter((name) => HTTP_CASES.includes(name));
const clients = options.cases.filter((name) => ['bun', 'pnpm'].includes(name));

// What stands together runs interleaved; `large` comes before the rest because it wants empty stores.
const groups = [
  [['start'], starts],
  [['large'], largeInstalls],
  [http, (bench) => httpCases(bench, http)],
  [clients, (bench) => mediumInstalls(bench, clients)],
  [['miss'], misses],
  [['publish'], publishes],
  [['huge'], hugeDocument],
];

const failed = [];

async function measure(bench) {
  for (const [names, work] of groups) {
    const wanted = names.filter((name) => options.cases.includes(name));
    const possible = options.servers.includes('gatehouse') || !wanted.some((name) => ['start', 'huge'].includes(name));
    if (wanted.length > 0 && possible) {
      say(`--- ${wanted.join(', ')}`);
      if (await succeeds(() => work(bench))) {
        for (const name of wanted) {
          await bench.finish(name);
        }
      } else {
        failed.push(...wanted);
      }
    }
  }
  await bench.finishAll();
}

/** A case that fails keeps its old rounds, and the others still run. */
async function succeeds(work) {
  try {
    await work();
    return true;
  } catch (error) {
    console.error(error);
    return false;
  }
}

async function main() {
  checkOptions();
  await run('rm', ['-rf', places.run, places.client]);
  mkdirSync(places.run, { recursive: true });
  if (process.env.REPORT_ONLY) {
    return writeReport();
  }
  say('tools');
  await installTools();
  if (options.servers.includes('gatehouse')) {
    await build();
  }
  say('mirror');
  await fillMirror(say);
  await measure(new Bench(say));
  return writeReport();
}

let ending = false;

async function end(status) {
  if (!ending) {
    ending = true;
    await stopAll();
    await run('rm', ['-rf', places.client]).catch(() => {});
    process.exit(status);
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => end(130));
}
main().then(
  (text) => {
    console.log(`\n${text}`);
    say(failed.length === 0 ? 'done' : `failed: ${failed.join(', ')}`);
    return end(failed.length === 0 ? 0 : 1);
  },
  (error) => {
    console.error(error);
    return end(1);
  },
);
