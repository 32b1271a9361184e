import { once } from 'node:events';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { Fault } from './fault.mjs';
import { killGroup, spawnGuarded } from './guarded-process.mjs';
import { readable } from './log-line.mjs';

const START_DEADLINE = 60_000;
const SLOW_START = 10_000;
const WAITS = [500, 1000, 2000, 5000, 10_000];
/** After so long a run an end counts as the first again. */
const STEADY = 60_000;
const LOOK_AT_LOG = 200;
const LAST_LINES = 12;
const WARNING = 40;

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
  /** @type {string[]} */
  #last = [];
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
    this.#watch = setInterval(() => this.#readLog(), LOOK_AT_LOG);
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
    this.#isUp = await ready(() => this.#isAlive(guard) && Date.now() < end);
    clearTimeout(slow);
    if (this.#isUp || this.#stopping.signal.aborted) return;
    this.#readLog();
    if (!this.#isAlive(guard)) throw new Fault(this.#startFailure(guard));
    throw new Fault(`the ${this.name} was not ready in time${this.#lastLines()}`);
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
    clearInterval(this.#watch);
    this.#readLog();
    this.#options.log.close();
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
    this.#last = [];
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
    this.#readLog();
    if (Date.now() - this.#since > STEADY) this.#ends = 0;
    const wait = WAITS[this.#ends++];
    say(`the ${this.name} ended unexpectedly (${howItEnded(code)})${this.#lastLines()}`);
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
    this.#isUp = true;
    if (await this.#options.ready(() => this.#isAlive(guard)))
      say(`the ${this.name} is ready again`);
  }

  #isAlive(guard = this.#guard) {
    return guard !== undefined && guard.exitCode === null && guard.signalCode === null;
  }

  #readLog() {
    for (const line of this.#options.log.newLines()) {
      const { level, text } = readable(line);
      this.#last = [...this.#last.slice(1 - LAST_LINES), text];
      if (level !== undefined && level >= WARNING) {
        this.#surroundings.say(`${this.name.padEnd(6)} ${text}`);
      }
    }
  }

  /** @param {import('node:child_process').ChildProcess} guard */
  #startFailure(guard) {
    const faults = this.#last.filter((line) => line.startsWith('almanac: '));
    if (faults.length > 0) return faults.map((line) => line.slice('almanac: '.length)).join('\n');
    return `the ${this.name} ended at its start (${howItEnded(guard.exitCode)})${this.#lastLines()}`;
  }

  #lastLines() {
    const lines = this.#last.map((line) => `\n    ${line}`).join('');
    return `; its last lines, from ${this.#options.log.path}:${lines || ' none'}`;
  }
}

/** @param {number | null} code of the guard: that of the program, or 128 and the number of a signal */
function howItEnded(code) {
  const signal = Object.entries(constants.signals).find(
    ([, number]) => number === (code ?? 0) - 128,
  );
  return signal === undefined ? `code ${code ?? 'unknown'}` : signal[0];
}
