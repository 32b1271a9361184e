import { once } from 'node:events';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { Fault } from './fault.mjs';
import { killGroup, spawnGuarded } from './guarded-process.mjs';
import { LogWatch } from './log-watch.mjs';

const START_DEADLINE = 60_000;
const SLOW_START = 10_000;
const WAITS = [500, 1000, 2000, 5000, 10_000];
/** After so long a run an end counts as the first again. */
const STEADY = 60_000;

/**
 * @typedef {object} ServiceOptions
 * @property {string} name
 * @property {string} program
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {import('./log-file.mjs').LogFile} log
 * @property {(alive: () => boolean) => Promise<boolean>} ready resolves when it can be used, or is gone
 * @property {number} [deadline] milliseconds for the first start
 * @property {number} [delay] see guard.sh
 * @property {number} [grace] see guard.sh
 *
 * @typedef {object} Surroundings
 * @property {(line: string) => void} say
 * @property {() => void} changed a program was started or has ended
 * @property {(reason: string) => void} giveUp it ended too often
 */

/** One program that is kept running: started, watched, started again when it ends, and stopped. */
export class Service {
  #options;
  #surroundings;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #guard;
  #isUp = false;
  #stopping = new AbortController();
  #ends = 0;
  #since = 0;
  #watch;

  /**
   * @param {ServiceOptions} options
   * @param {Surroundings} surroundings
   */
  constructor(options, surroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#watch = new LogWatch(options.name, options.log, surroundings.say);
  }

  get name() {
    return this.#options.name;
  }

  /** The pid of the guard, while the program lives. */
  get pid() {
    return this.#isAlive() ? this.#guard?.pid : undefined;
  }

  /**
   * The first start.
   * @throws {Fault} when the program ends, or is not ready in time, with its last words
   */
  async start() {
    const { deadline = START_DEADLINE, log, ready } = this.#options;
    const guard = this.#spawn();
    const end = Date.now() + deadline;
    const slow = setTimeout(() => {
      this.#surroundings.say(`the ${this.name} is still starting; its log: ${log.path}`);
    }, SLOW_START);
    const isReady = await ready(() => this.#isAlive(guard) && Date.now() < end);
    clearTimeout(slow);
    if (isReady) this.#becameReady();
    if (isReady || this.#stopping.signal.aborted) return;
    if (!this.#isAlive(guard)) throw new Fault(this.#startFailure(guard));
    throw new Fault(`the ${this.name} was not ready in time${this.#watch.lastWords()}`);
  }

  /**
   * SIGTERM, and SIGKILL after `limit` milliseconds.
   * @param {number} limit
   */
  async stop(limit) {
    this.#stopping.abort();
    const guard = this.#guard;
    if (guard !== undefined && this.#isAlive(guard)) {
      const ended = once(guard, 'exit');
      guard.kill('SIGTERM');
      const timer = setTimeout(() => {
        this.#surroundings.say(`the ${this.name} did not end within ${limit / 1000} s: killed`);
        killGroup(guard);
      }, limit);
      await ended;
      clearTimeout(timer);
    }
    this.#watch.close();
  }

  kill() {
    this.#stopping.abort();
    if (this.#guard !== undefined && this.#isAlive()) killGroup(this.#guard);
  }

  #spawn() {
    const { program, args, env, log, delay, grace } = this.#options;
    this.#stopping.signal.throwIfAborted();
    const guard = spawnGuarded(program, args, { env, output: log.output, delay, grace });
    this.#guard = guard;
    this.#watch.forget();
    this.#since = Date.now();
    guard.once('exit', (code) => {
      this.#surroundings.changed();
      if (this.#isUp && !this.#stopping.signal.aborted) void this.#again(code);
    });
    this.#surroundings.changed();
    return guard;
  }

  /**
   * Starts the program again after it ended by itself.
   * @param {number | null} code
   */
  async #again(code) {
    const { say, giveUp } = this.#surroundings;
    this.#isUp = false;
    if (Date.now() - this.#since > STEADY) this.#ends = 0;
    const wait = WAITS[this.#ends++];
    say(`the ${this.name} ended unexpectedly (${howItEnded(code)})${this.#watch.lastWords()}`);
    if (wait === undefined) {
      giveUp(`the ${this.name} ended ${this.#ends} times in a row`);
      return;
    }
    say(`starting the ${this.name} again in ${wait / 1000} s`);
    try {
      await sleep(wait, undefined, { signal: this.#stopping.signal });
    } catch {
      return; // stopped meanwhile
    }
    const guard = this.#spawn();
    this.#isUp = true; // from now on, an end is again an unexpected one
    if (!(await this.#options.ready(() => this.#isAlive(guard)))) return;
    this.#becameReady();
    say(`the ${this.name} is ready again`);
  }

  /** What a program says until it is ready explains nothing about its end later. */
  #becameReady() {
    this.#isUp = true;
    this.#watch.forget();
  }

  #isAlive(guard = this.#guard) {
    return guard !== undefined && guard.exitCode === null && guard.signalCode === null;
  }

  /** @param {import('node:child_process').ChildProcess} guard */
  #startFailure(guard) {
    const faults = this.#watch.faults();
    if (faults.length > 0) return faults.join('\n');
    const how = howItEnded(guard.exitCode);
    return `the ${this.name} ended at its start (${how})${this.#watch.lastWords()}`;
  }
}

/** @param {number | null} code of the guard: that of the program, or 128 and the number of a signal */
function howItEnded(code) {
  const signal = Object.entries(constants.signals).find(
    ([, number]) => number === (code ?? 0) - 128,
  );
  return signal === undefined ? `code ${code ?? 'unknown'}` : signal[0];
}
