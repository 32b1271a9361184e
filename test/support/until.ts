import { setTimeout as sleep } from 'node:timers/promises';

export interface UntilOptions {
  /** What is waited for; stands in the error. */
  what?: string;
  /** Milliseconds. */
  deadline?: number;
  /** Milliseconds between two looks. */
  interval?: number;
}

/**
 * Looks again and again until `look` gives something truthy, and returns that. What `look` throws counts
 * as "not yet", and is the cause of the error after the deadline.
 */
export async function until<T>(
  look: () => T | Promise<T>,
  { what = 'the condition', deadline = 10_000, interval = 20 }: UntilOptions = {},
): Promise<NonNullable<T>> {
  const end = Date.now() + deadline;
  let cause: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() >= end) {
      throw new Error(`${what} did not come within ${String(deadline)} ms`, { cause });
    }
    await sleep(interval);
  }
}
