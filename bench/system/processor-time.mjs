import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_MS = 0.1; // USER_HZ is 100 on Linux

/**
 * Milliseconds of processor time that the living programs of a process group have taken, or null where the
 * system does not tell (anything but Linux). Much less than wall time does it depend on what else runs.
 */
export function processorTime(group) {
  if (process.platform !== 'linux') return null;
  const ticks = processesOf(group).map(({ fields }) => Number(fields[11]) + Number(fields[12]));
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_PER_MS;
}

/** The living processes of a group, with the fields of their stat; none on anything but Linux. */
export function processesOf(group) {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .map((pid) => ({ pid, fields: statOf(pid) }))
    .filter(({ fields }) => fields !== null && Number(fields[2]) === group);
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
