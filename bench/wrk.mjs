// One run of wrk, and what the server spent on it.
import { cpus } from 'node:os';
import { options } from './options.mjs';
import { cpuMillis, memory, pinTo, settle } from './proc.mjs';
import { run } from './processes.mjs';

const toMillis = { us: 0.001, ms: 1, s: 1000, m: 60_000 };

function latency(text, percent) {
  const match = text.match(new RegExp(`^\\s*${percent}%\\s+([\\d.]+)(us|ms|s|m)`, 'm'));
  return match ? Number(match[1]) * toMillis[match[2]] : undefined;
}

/** Load on one address for some seconds; requests, latencies and processor time of the server. */
export async function load(server, path, headers, seconds, { warmUp = false } = {}) {
  const pin = options.pin && cpus().length > 1;
  const words = Object.entries(headers).flatMap(([key, value]) => ['-H', `${key}: ${value}`]);
  const wrk = ['wrk', '-t1', `-c${options.connections}`, `-d${seconds}s`, '--timeout', '30s', '--latency', ...words, server.url + path];
  if (pin) {
    pinTo([server.pid], '0');
  }
  await settle([server.pid]);
  const before = cpuMillis(server.pid);
  const text = await run(pin ? 'taskset' : 'env', [...(pin ? ['-c', '1'] : []), ...wrk], { limitSeconds: seconds + 60 });
  const cpuMs = cpuMillis(server.pid) - before;
  if (pin) {
    pinTo([server.pid], `0-${cpus().length - 1}`);
  }
  const requests = Number(text.match(/(\d+) requests in/)?.[1] ?? 0);
  const failed = Number(text.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0);
  const socketErrors = text.match(/Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/)?.slice(1).map(Number) ?? [0];
  const errors = failed + socketErrors.reduce((sum, one) => sum + one, 0);
  if (!warmUp && (requests === 0 || errors > requests / 100)) {
    throw new Error(`${server.name} ${path}: ${requests} requests, ${errors} errors\n${text}`);
  }
  return {
    requests,
    errors,
    perSecond: Number(text.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    p50Ms: latency(text, 50),
    p99Ms: latency(text, 99),
    cpuMs,
    cpuMsPer1000: (cpuMs / requests) * 1000,
    peakMb: memory(server.pid).peakMb,
  };
}
