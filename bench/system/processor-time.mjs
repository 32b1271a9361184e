import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_MS = 0.1; // USER_HZ is 100 on Linux

/**
 * Milliseconds of processor time that the living programs of a process group have taken, or null where the
 * system does not tell (anything but Linux). Much less than wall time does it depend on what else runs.
 */
export function processorTime(group) {
  if (process.platform !== 'linux') return null;
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statOf(name);
    if (fields !== null && Number(fields[2]) === group)
      ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / TICKS_PER_MS;
}

/** What follows the name in /proc/PID/stat: state, parent, group, ... */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null; // it has just ended
  }
}
