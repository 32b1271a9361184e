import { Fault } from './fault.mjs';
import { Launcher } from './launcher.mjs';

/** Runs until a signal, or until a program cannot be kept running; then ends this process. */
export async function run() {
  let isEnding = false;
  /** @type {(code: number) => void} */
  let resolveEnd;
  const end = new Promise(
    (/** @type {(code: number) => void} */ resolve) => (resolveEnd = resolve),
  );
  const finish = (/** @type {number} */ code) => {
    isEnding = true;
    resolveEnd(code);
  };
  const launcher = new Launcher(process.env, say, (reason) => {
    complain(`${reason}: stopping`);
    finish(1);
  });
  stopOnSignal(launcher, () => finish(0));
  // A terminal that was closed takes no more words; the programs are still to be stopped in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  launcher.start().then(
    (banner) => isEnding || say(banner),
    (error) => {
      if (isEnding) return; // what fails because it is stopped
      for (const line of reasons(error)) complain(line);
      finish(1);
    },
  );
  const code = await end;
  await launcher.stop();
  if (code === 0) say('stopped');
  process.exit(code);
}

/**
 * @param {Launcher} launcher
 * @param {() => void} stop
 */
function stopOnSignal(launcher, stop) {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) {
      launcher.hurry();
      return;
    }
    isStopping = true;
    say(`${process.stdout.isTTY ? '\n' : ''}stopping; Ctrl-C once more hurries`);
    stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
}

/**
 * @param {unknown} error
 * @returns {string[]}
 */
function reasons(error) {
  if (error instanceof Fault) return error.message.split('\n');
  const { faults, stack } = /** @type {Error & { faults?: string[] }} */ (error);
  return faults ?? [stack ?? String(error)];
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {string} line */
function complain(line) {
  process.stderr.write(`${line.startsWith(' ') ? '' : 'almanac: '}${line}\n`);
}
