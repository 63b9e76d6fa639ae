// Starting and ending what the benchmark runs. Everything started here is ended by its own id,
// also when the command fails or is interrupted.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { tree } from './proc.mjs';

const running = new Map();

/** Starts a server; its output goes to the log file. */
export function start(name, command, args, { log, ...settings }) {
  mkdirSync(dirname(log), { recursive: true });
  const out = openSync(log, 'a');
  const child = spawn(command, args, { ...settings, detached: true, stdio: ['ignore', out, out] });
  closeSync(out);
  const entry = { name, child, log, pid: child.pid, ended: false, startedAt: performance.now() };
  entry.exit = new Promise((resolve) => {
    const end = (reason) => {
      entry.ended = true;
      running.delete(child.pid);
      resolve(reason);
    };
    child.on('exit', (code, signal) => end(signal ?? code));
    child.on('error', (error) => end(error.message));
  });
  if (child.pid) {
    running.set(child.pid, entry);
  }
  return entry;
}

/** Asks a server to end; after a while ends it and whatever it started. */
export async function stop(entry, limitSeconds = 10) {
  if (entry.ended) {
    return;
  }
  const family = tree(entry.pid);
  signal(entry.pid, 'SIGTERM');
  const limit = new Promise((resolve) => setTimeout(resolve, limitSeconds * 1000, 'slow').unref());
  if ((await Promise.race([entry.exit, limit])) === 'slow') {
    for (const pid of new Set([...family, ...tree(entry.pid)])) {
      signal(pid, 'SIGKILL');
    }
    await entry.exit;
  }
}

export async function stopAll() {
  await Promise.all([...running.values()].map((entry) => stop(entry)));
}

function signal(pid, kind) {
  try {
    process.kill(pid, kind);
  } catch {
    // It has ended by itself.
  }
}

/** Polls until the address answers (any status that the test accepts); milliseconds since the start. */
export async function untilAnswer(entry, url, { headers = {}, accept = (status) => status < 500, limitSeconds = 60 } = {}) {
  for (;;) {
    if (entry.ended) {
      throw new Error(`${entry.name} ended before it answered: ${tail(entry.log)}`);
    }
    if (performance.now() - entry.startedAt > limitSeconds * 1000) {
      throw new Error(`${entry.name} gave no answer within ${limitSeconds} s: ${tail(entry.log)}`);
    }
    try {
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(5000) });
      await response.arrayBuffer();
      if (accept(response.status)) {
        return performance.now() - entry.startedAt;
      }
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Runs a command to its end; throws with the end of its output if it fails or takes too long. */
export function run(command, args, { input, limitSeconds = 600, log, ...settings } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...settings, stdio: ['pipe', 'pipe', 'pipe'] });
    if (child.pid) {
      running.set(child.pid, { name: command, pid: child.pid, ended: false, exit: new Promise((done) => child.on('exit', done)) });
    }
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => (output[stream] += text));
    }
    const timer = setTimeout(() => signal(child.pid, 'SIGKILL'), limitSeconds * 1000);
    child.on('error', reject);
    child.on('close', (code, killed) => {
      clearTimeout(timer);
      running.delete(child.pid);
      if (code === 0) {
        resolve(output.stdout);
      } else {
        const words = (output.stderr + output.stdout).slice(-2000);
        reject(new Error(`${command} ${args.slice(0, 4).join(' ')} … ended with ${killed ?? code}: ${words}`));
      }
    });
    child.stdin.on('error', () => {}).end(input ?? '');
  });
}

export function tail(log) {
  try {
    return readFileSync(log, 'utf8').slice(-1500);
  } catch {
    return '(no log)';
  }
}
