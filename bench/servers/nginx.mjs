// nginx on files: the bar. One worker, kernel file sending, compressed files ready, open files kept, an access
// log, and the bearer token checked with a map. The same program without the check is everyone's upstream.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { options, places, ports } from '../options.mjs';
import { start, untilAnswer } from '../processes.mjs';
import { buildSite, made, recording } from '../site.mjs';

function configuration({ home, port, site, checked }) {
  const check = checked ? 'if ($allowed = 0) { return 401 \'{"error":"a token is needed"}\'; }' : '';
  const openFiles = checked
    ? 'open_file_cache max=20000 inactive=1h; open_file_cache_valid 1h; open_file_cache_min_uses 1;'
    : 'open_file_cache off;';
  return `
${process.getuid() === 0 ? 'user root;' : ''}
worker_processes 1;
daemon off;
pid ${home}/nginx.pid;
error_log ${home}/error.log;
events { worker_connections 4096; }
http {
  access_log ${home}/access.log combined;
  client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy; fastcgi_temp_path ${home}/fastcgi;
  uwsgi_temp_path ${home}/uwsgi; scgi_temp_path ${home}/scgi;
  sendfile on; tcp_nopush on; keepalive_timeout 120s; keepalive_requests 100000000;
  gzip off; gzip_vary on; etag on; server_tokens off;
  ${openFiles}
  types { }
  default_type application/json;
  map $http_accept $form { default full; "~application/vnd\\.npm\\.install-v1\\+json" abbreviated; }
  map $http_authorization $allowed { default 0; "Bearer ${options.token}" 1; }
  server {
    listen 127.0.0.1:${port} backlog=1024;
    error_page 404 /_404;
    location = /_404 { internal; return 404 '{"error":"Not found"}'; }
    ${check}
    location ~ ^/bench-.*\\.tgz$ { default_type application/octet-stream; root ${made}/tarballs; }
    location ~ \\.tgz$ { default_type application/octet-stream; root ${recording}/tarballs; }
    location / { rewrite ^ /_$form$uri last; }
    location /_full/ { internal; gzip_static always; gunzip on; alias ${site}/full/; }
    location /_abbreviated/ {
      internal; gzip_static always; gunzip on; default_type application/vnd.npm.install-v1+json; alias ${site}/abbreviated/;
    }
  }
}
`;
}

async function serve(name, port, checked) {
  const home = join(places.run, name);
  mkdirSync(home, { recursive: true });
  const site = buildSite(name, port);
  const file = join(home, 'nginx.conf');
  writeFileSync(file, configuration({ home, port, site, checked }));
  const entry = start(name, 'nginx', ['-p', home, '-c', file, '-e', join(home, 'error.log')], { log: join(home, 'output.log') });
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswer(entry, `${url}bench-document`);
  return { ...entry, entry, name, url, site, token: checked ? options.token : undefined };
}

export const startMirror = () => serve('nginx', ports.mirror, true);
export const startOrigin = () => serve('origin', ports.origin, false);
