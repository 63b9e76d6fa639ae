// The run: which servers are up, and what was measured so far.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { CASES, options, places } from './options.mjs';
import { memory } from './proc.mjs';
import { stop } from './processes.mjs';
import { startGatehouse } from './servers/gatehouse.mjs';
import { startMirror, startOrigin } from './servers/nginx.mjs';
import { startPnpr } from './servers/pnpr.mjs';
import { startVerdaccio } from './servers/verdaccio.mjs';
import { versions } from './tools.mjs';

const starters = {
  nginx: startMirror,
  origin: startOrigin,
  gatehouse: async (bench) => startGatehouse(await bench.origin()),
  pnpr: async (bench) => startPnpr(await bench.origin()),
  verdaccio: async (bench) => startVerdaccio(await bench.origin()),
};

export class Bench {
  #kept = new Map();
  #rows = new Map();
  #fresh = new Set();
  #done = [];

  constructor(say) {
    this.say = say;
  }

  async #keep(name) {
    if (!this.#kept.has(name)) {
      this.#kept.set(name, await starters[name](this));
    }
    return this.#kept.get(name);
  }

  origin() {
    return this.#keep('origin');
  }

  isRunning(name) {
    return this.#kept.has(name);
  }

  /** The servers that stay for the whole run, started when first asked for. */
  async servers(names) {
    const found = [];
    for (const name of names) {
      found.push(await this.#keep(name));
    }
    return found;
  }

  /** A further server with an empty store; the caller ends it. */
  async fresh(name) {
    const server = await starters[name](this);
    this.#fresh.add(server);
    return server;
  }

  running() {
    return [...this.#kept.values(), ...this.#fresh];
  }

  async end(server) {
    this.#noteMemory(server, 'of one case');
    this.#fresh.delete(server);
    await stop(server.entry);
  }

  record(name, row) {
    const rounded = Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? Math.round(value * 1000) / 1000 : value]),
    );
    if (!this.#rows.has(name)) {
      this.#rows.set(name, []);
    }
    this.#rows.get(name).push(rounded);
    this.say(`${name} ${Object.entries(rounded).map(([key, value]) => `${key}=${value}`).join(' ')}`);
  }

  /** Writes what a case measured, so that a later failure loses none of it. */
  async finish(name) {
    this.#done.push(name);
    await this.#write(name);
  }

  /** The peak memory of the servers that stayed for the whole run. */
  async finishAll() {
    for (const server of this.#kept.values()) {
      this.#noteMemory(server, this.#done.join(' '));
    }
    // The peak of a run of some cases says nothing: it would stand where the whole run's belongs.
    if (this.#rows.has('memory') && CASES.every((name) => this.#done.includes(name))) {
      await this.#write('memory');
    }
  }

  #noteMemory(server, cases) {
    if (server.name !== 'origin') {
      this.record('memory', { round: 1, server: server.name, cases, ...memory(server.pid) });
    }
  }

  async #write(name) {
    mkdirSync(places.raw, { recursive: true });
    const { model } = cpus()[0];
    const content = {
      case: name,
      date: new Date().toISOString().slice(0, 10),
      commit: commit(),
      quick: options.quick,
      pinned: options.pin,
      machine: { processor: model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), load: loadAverage() },
      versions: await versions(),
    };
    const rows = this.#rows.get(name) ?? [];
    const text = JSON.stringify(content, null, 1).replace(/\n\}$/, '');
    writeFileSync(join(places.raw, `raw-${name}.json`), `${text},\n "rows": [\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n ]\n}\n`);
  }
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: places.project, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function loadAverage() {
  return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
}
