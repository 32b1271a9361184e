const PATIENCE_MS = 1_000;

/**
 * The result of work that a signal is meant to stop. Work that does not stop, such as a query in a step which
 * cannot be interrupted, is left behind a second after the signal: its job ends all the same.
 */
export async function untilStopped<T>(
  work: Promise<T>,
  signal: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let start = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    start = () => {
      timer = setTimeout(() => {
        reject(new Error(`the work did not stop: ${String(signal.reason)}`));
      }, patienceMs);
    };
  });
  if (signal.aborted) start();
  signal.addEventListener('abort', start, { once: true });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', start);
    // What becomes of work that was left behind concerns nobody.
    work.catch(() => undefined);
  }
}
