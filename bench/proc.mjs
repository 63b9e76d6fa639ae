// What the kernel says of a process and its descendants: processor time and memory.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const millisPerTick = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may hold blanks: the fields that count stand after the last one.
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** The process and all that it started, directly or not, and that still run. */
export function tree(pid) {
  const parents = new Map();
  for (const entry of readdirSync('/proc')) {
    if (/^\d+$/.test(entry)) {
      const fields = stat(entry);
      if (fields) {
        parents.set(Number(entry), Number(fields[1]));
      }
    }
  }
  const found = new Set(parents.has(pid) ? [pid] : []);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [child, parent] of parents) {
      if (found.has(parent)) {
        found.add(child);
      }
    }
  }
  return [...found];
}

/** Milliseconds of processor time, user and system, with children that have ended. */
export function cpuMillis(pid) {
  let ticks = 0;
  for (const one of tree(pid)) {
    const fields = stat(one);
    if (fields) {
      // utime, stime, cutime, cstime: fields 14 to 17 of the manual, counted after the name here.
      ticks += fields.slice(11, 15).reduce((sum, value) => sum + Number(value), 0);
    }
  }
  return ticks * millisPerTick;
}

/** MB now in memory and at most since the start, summed over the process and its descendants. */
export function memory(pid) {
  const sum = { rssMb: 0, peakMb: 0 };
  for (const one of tree(pid)) {
    try {
      const text = readFileSync(`/proc/${one}/status`, 'latin1');
      sum.rssMb += kilobytes(text, 'VmRSS') / 1024;
      sum.peakMb += kilobytes(text, 'VmHWM') / 1024;
    } catch {
      // It ended meanwhile.
    }
  }
  return { rssMb: round(sum.rssMb), peakMb: round(sum.peakMb) };
}

function kilobytes(text, key) {
  return Number(text.match(new RegExp(`^${key}:\\s+(\\d+)`, 'm'))?.[1] ?? 0);
}

function round(value) {
  return Math.round(value * 10) / 10;
}

export function commandLine(pid) {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
}

/** Waits until the processes use less than a tenth of a processor: work left over is done. */
export async function settle(pids, limitMillis = 20_000) {
  const end = Date.now() + limitMillis;
  let before = total(pids);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    const now = total(pids);
    if (now - before <= 40 || Date.now() > end) {
      return;
    }
    before = now;
  }
}

function total(pids) {
  return pids.reduce((sum, pid) => sum + cpuMillis(pid), 0);
}

/** Puts all threads of the processes on the processors (a taskset list such as "0" or "0-1"). */
export function pinTo(pids, processors) {
  for (const pid of pids.flatMap(tree)) {
    try {
      execFileSync('taskset', ['-a', '-c', '-p', processors, String(pid)], { stdio: 'pipe' });
    } catch {
      // A thread ended while taskset went through them: those that remain are pinned.
    }
  }
}
