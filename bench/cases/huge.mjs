// A document of 40 MB through a server whose heap is 256 MB: no answer may be a 5xx.
import { request } from 'node:http';
import { join } from 'node:path';
import { utimesSync } from 'node:fs';
import { cpuMillis, memory } from '../proc.mjs';
import { HUGE } from '../site.mjs';

const FORMS = { abbreviated: 'application/vnd.npm.install-v1+json', full: 'application/json' };

/** Reads the answer to its end without keeping it: 40 MB eight times over would not say more. */
function get(server, { form, host, encoding = 'gzip', query = '' }) {
  const headers = { accept: FORMS[form], 'accept-encoding': encoding, authorization: `Bearer ${server.token}` };
  if (host) {
    headers.host = host;
  }
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const call = request(`${server.url}${HUGE}${query}`, { headers, timeout: 120_000 }, (response) => {
      let bytes = 0;
      response.on('data', (chunk) => (bytes += chunk.length));
      response.on('end', () => resolve({ status: response.statusCode, bytes, wallMs: performance.now() - start }));
      response.on('error', reject);
    });
    call.on('timeout', () => call.destroy(new Error('no answer within two minutes')));
    call.on('error', reject).end();
  });
}

export async function hugeDocument(bench) {
  const [server] = await bench.servers(['gatehouse']);
  const origin = await bench.origin();
  const record = async (step, settings, times = 1) => {
    const before = cpuMillis(server.pid);
    const answers = await Promise.all(
      Array.from({ length: times }, () => get(server, settings).catch((error) => ({ status: 599, bytes: 0, wallMs: 0, error: error.message }))),
    );
    const cpuMs = cpuMillis(server.pid) - before;
    for (const answer of answers) {
      bench.record('huge', { round: 1, server: 'gatehouse', step, ...answer, cpuMs: cpuMs / times, peakMb: memory(server.pid).peakMb });
    }
  };
  await record('first request, abbreviated', { form: 'abbreviated' });
  await record('first request, full', { form: 'full' });
  await record('the same again', { form: 'full' });
  // Rendered for another address, so made anew; then by several clients at a time, and not compressed.
  await record('rendered for another host, abbreviated', { form: 'abbreviated', host: `localhost:${server.port}` });
  await record('rendered for another host, full', { form: 'full', host: `localhost:${server.port}` });
  await record('8 at a time, full', { form: 'full', host: `127.0.0.2:${server.port}` }, 8);
  await record('8 at a time, full, not compressed', { form: 'full', encoding: 'identity' }, 8);
  // A changed file at the upstream: its ETag differs, and ?write=true asks for the current document.
  for (const form of ['full', 'abbreviated']) {
    utimesSync(join(origin.site, form, `${HUGE}.gz`), new Date(), new Date());
  }
  await record('fetched again after a change upstream', { form: 'full', query: '?write=true' });
}
