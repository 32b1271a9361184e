import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const SAMPLE_MS = 300;

/** The thread of a process that takes the most processor time at the moment. Only on Linux. */
export async function busiestThread(pid: number): Promise<string> {
  const before = ticksOf(pid);
  await sleep(SAMPLE_MS);
  const taken = [...ticksOf(pid)].map(([thread, ticks]) => ({
    thread,
    ticks: ticks - (before.get(thread) ?? 0),
  }));
  return taken.sort((a, b) => b.ticks - a.ticks)[0]?.thread ?? '';
}

export const threadsOf = (pid: number): string[] => readdirSync(`/proc/${String(pid)}/task`);

/** Processor time of each thread, in hundredths of a second. */
function ticksOf(pid: number): Map<string, number> {
  return new Map(
    threadsOf(pid).map((thread) => {
      const stat = readFileSync(`/proc/${String(pid)}/task/${thread}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [thread, Number(fields[11]) + Number(fields[12])];
    }),
  );
}
