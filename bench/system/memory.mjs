import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { processesOf } from './processor-time.mjs';

const LOOK_EVERY_MS = 50;

/**
 * The most memory that one process of a group has held at a time, among those with `part` in their command.
 * `stop` gives it in MB, or null where no such process was seen or the system does not tell.
 */
export function watchMemory(group, part) {
  let most = 0;
  let watching = true;
  const look = () => {
    for (const { pid } of processesOf(group)) {
      const command = read(`/proc/${pid}/cmdline`);
      const peak = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1];
      if (command.includes(part) && peak !== undefined)
        most = Math.max(most, (Number(peak) * 1024) / 1e6);
    }
  };
  const watched = (async () => {
    while (watching) {
      look();
      await sleep(LOOK_EVERY_MS);
    }
  })();
  return {
    async stop() {
      watching = false;
      await watched;
      look();
      return most > 0 ? most : null;
    },
  };
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it has just ended
  }
}
