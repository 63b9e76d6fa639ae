// One HTTP request with exactly the given headers (fetch would add "no-cache" to a conditional request).
import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Status, headers and the body as it came; `json()` unpacks and parses it. */
export function ask(server, path, { method = 'GET', headers = {}, body } = {}) {
  const all = { ...(server.token ? { authorization: `Bearer ${server.token}` } : {}), ...headers };
  if (body !== undefined) {
    all['content-length'] = Buffer.byteLength(body);
  }
  return new Promise((resolve, reject) => {
    const call = request(server.url + path, { method, headers: all, agent, timeout: 120_000 }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const plain = () => (response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes);
        resolve({
          status: response.statusCode,
          headers: response.headers,
          bytes,
          text: () => plain().toString('utf8'),
          json: () => JSON.parse(plain().toString('utf8')),
        });
      });
    });
    call.on('timeout', () => call.destroy(new Error(`${server.name} gave no answer to ${path} within two minutes`)));
    call.on('error', reject).end(body);
  });
}
