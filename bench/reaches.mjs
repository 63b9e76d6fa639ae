// What each case is to reach. A reach takes the rows of its case and says what was measured.
import { medianOf, ratioOf, show } from './numbers.mjs';

const GATEHOUSE = { server: 'gatehouse' };
const NGINX = { server: 'nginx' };
const PNPR = { server: 'pnpr' };
const VERDACCIO = { server: 'verdaccio' };

const atMost = (limit, value, text) => ({ met: value === undefined ? undefined : value <= limit, text });
const atLeast = (limit, value, text) => ({ met: value === undefined ? undefined : value >= limit, text });

function ratio(name, what, { above, below, figure, limit, of, least }) {
  return {
    name,
    what,
    reach: `${least ? 'at least' : 'at most'} ${limit.toLocaleString('en-US')} × ${of}`,
    judge: (rows) => {
      const value = ratioOf(rows, above, below, figure);
      return (least ? atLeast : atMost)(limit, value, `${show(value)} ×`);
    },
  };
}

function figure(name, what, { wanted, figure: key, limit, unit, scale = 1 }) {
  return {
    name,
    what,
    reach: `at most ${limit} ${unit}`,
    judge: (rows) => {
      const value = medianOf(rows, wanted, key);
      return atMost(limit, value === undefined ? undefined : value / scale, `${show(value / scale)} ${unit}`);
    },
  };
}

const httpCpu = (name, what, limit) =>
  ratio(name, `${what}: server CPU per request`, { above: GATEHOUSE, below: NGINX, figure: 'cpuMsPer1000', limit, of: 'nginx' });
const lessThanVerdaccio = (name, what, limit) =>
  ratio(name, `${what}: Verdaccio's CPU per request`, { above: VERDACCIO, below: GATEHOUSE, figure: 'cpuMsPer1000', limit, of: 'Gatehouse', least: true });

const mediumInstall = (client) => [
  ratio(client, `install of medium with ${client}, warm: wall time`, { above: GATEHOUSE, below: NGINX, figure: 'wallMs', limit: 1.1, of: 'nginx' }),
  ratio(client, `install of medium with ${client}, warm: server CPU`, { above: GATEHOUSE, below: PNPR, figure: 'cpuMs', limit: 0.25, of: 'pnpr' }),
];

const cold = (server) => ({ ...server, phase: 'cold' });
const warm = (server) => ({ ...server, phase: 'warm' });

export const REACHES = [
  httpCpu('doc', 'warm document, 60 KB compressed', 1.6),
  lessThanVerdaccio('doc', 'warm document, 60 KB compressed', 1000),
  httpCpu('304', 'not modified', 1.4),
  httpCpu('tar30k', 'tarball of 30 KB', 1.9),
  lessThanVerdaccio('tar30k', 'tarball of 30 KB', 40),
  httpCpu('tar5m', 'tarball of 5 MB', 0.8),
  ...mediumInstall('bun'),
  ...mediumInstall('pnpm'),
  ratio('large', 'npm ci of large, warm: wall time', { above: warm(GATEHOUSE), below: NGINX, figure: 'wallMs', limit: 1.1, of: 'nginx' }),
  figure('large', 'npm ci of large, warm: server CPU', { wanted: warm(GATEHOUSE), figure: 'cpuMs', limit: 2, unit: 's', scale: 1000 }),
  ratio('large', 'npm ci of large, cold: wall time', { above: cold(GATEHOUSE), below: NGINX, figure: 'wallMs', limit: 1.2, of: 'npm straight to the mirror' }),
  ratio('large', 'npm ci of large, cold: server CPU', { above: cold(GATEHOUSE), below: cold(PNPR), figure: 'cpuMs', limit: 1, of: 'pnpr' }),
  figure('miss', 'a miss, tarball: CPU for each MB', { wanted: { ...GATEHOUSE, kind: 'tarball', step: 'first' }, figure: 'cpuMsPerMb', limit: 5, unit: 'ms' }),
  figure('miss', 'a miss, document: CPU for each MB of JSON, both forms', { wanted: { ...GATEHOUSE, kind: 'document', step: 'first' }, figure: 'cpuMsPerMb', limit: 10, unit: 'ms' }),
  {
    name: 'huge',
    what: 'document of 40 MB, first request and rendered again',
    reach: 'no 5xx',
    judge: (rows) => {
      const failed = rows.filter((row) => row.status >= 500);
      return { met: rows.length === 0 ? undefined : failed.length === 0, text: `${failed.length} of ${rows.length} answers were 5xx` };
    },
  },
  ratio('publish', 'publish, 8 writers, 8 packages, tarballs of 10 KB: publishes a second', { above: GATEHOUSE, below: VERDACCIO, figure: 'perSecond', limit: 5, of: 'Verdaccio', least: true }),
  ratio('start', 'start to first answer, AOT cache', { above: GATEHOUSE, below: { server: 'bare Vert.x' }, figure: 'wallMs', limit: 2, of: 'a bare Vert.x program' }),
  figure('start', 'memory, idle', { wanted: GATEHOUSE, figure: 'idleMb', limit: 180, unit: 'MB' }),
  {
    name: 'memory',
    what: 'memory, peak of the run',
    reach: 'at most 350 MB',
    judge: (rows) => {
      const peaks = rows.filter((row) => row.server === 'gatehouse').map((row) => row.peakMb);
      const peak = peaks.length > 0 ? Math.max(...peaks) : undefined;
      return atMost(350, peak, `${show(peak)} MB`);
    },
  },
];
