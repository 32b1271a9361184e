import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Fault } from './fault.mjs';
import { processIdentity } from './process-identity.mjs';

const FILE = 'launcher.lock';
/** Programs of a launcher that was killed end within five seconds, see guard.sh. */
const WAIT_FOR_PROGRAMS = 15_000;
/** A lock is written within a moment of its creation; until then it cannot be read. */
const WAIT_FOR_CONTENT = 100;

/**
 * @typedef {{ pid: number, identity: string | undefined }} Process
 * @typedef {Process & { url: string, children: Process[] }} Holder
 */

/**
 * The right to use a data folder: one launcher at a time. The file names its holder and the programs that
 * the holder started. It is stale when the holder no longer lives, even if its pid was given to another
 * program; then it is taken over, but only once the programs of the dead holder are gone too, since one of
 * them is a Redis that writes into the same folder.
 */
export class Lock {
  /**
   * @param {string} folder created if missing
   * @param {string} url where the API will be, for the message to a second start
   * @param {(line: string) => void} say
   * @returns {Promise<Lock>}
   * @throws {Fault} when another launcher holds it
   */
  static async acquire(folder, url, say) {
    const lock = new Lock(join(folder, FILE), url);
    try {
      mkdirSync(folder, { recursive: true });
      while (!lock.#create()) {
        const holder = await settledHolder(lock.#path);
        if (holder === undefined) continue; // just removed
        if (isAlive(holder)) throw new Fault(alreadyRuns(folder, holder));
        await programsOf(holder, say);
        takeAway(lock.#path, holder);
      }
    } catch (error) {
      if (error instanceof Fault) throw error;
      const { message } = /** @type {Error} */ (error);
      throw new Fault(`the data folder ${folder} cannot be used: ${message}`);
    }
    return lock;
  }

  #path;
  /** @type {Holder} */
  #self;

  /**
   * @param {string} path
   * @param {string} url
   */
  constructor(path, url) {
    this.#path = path;
    this.#self = { ...identified(process.pid), url, children: [] };
  }

  /**
   * Notes where the API is, and which programs run now.
   * @param {string} url
   * @param {number[]} pids
   */
  note(url, pids) {
    this.#self = { ...this.#self, url, children: pids.map(identified) };
    const complete = `${this.#path}.new`;
    writeFileSync(complete, this.#content());
    renameSync(complete, this.#path);
  }

  release() {
    if (readHolder(this.#path)?.pid === process.pid) rmSync(this.#path, { force: true });
  }

  /** @returns {boolean} false when there is one already */
  #create() {
    try {
      writeFileSync(this.#path, this.#content(), { flag: 'wx' });
      return true;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
      throw error;
    }
  }

  #content() {
    return `${JSON.stringify(this.#self)}\n`;
  }
}

/**
 * Removes the lock of a dead holder. Of two that do so at once, one may get hold of the new lock of the
 * other, and puts it back.
 * @param {string} path
 * @param {Holder} dead
 */
function takeAway(path, dead) {
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
  } catch {
    return; // the other was faster
  }
  const taken = readHolder(aside);
  if (taken !== undefined && taken.pid !== dead.pid && isAlive(taken)) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

/**
 * @param {string} path
 * @returns {Promise<Holder | undefined>}
 */
async function settledHolder(path) {
  const holder = readHolder(path);
  if (holder?.pid !== 0) return holder;
  await sleep(WAIT_FOR_CONTENT);
  return readHolder(path);
}

/**
 * The holder of a lock, undefined where there is no lock, with pid 0 where it cannot be read.
 * @param {string} path
 * @returns {Holder | undefined}
 */
function readHolder(path) {
  try {
    const { pid, identity, url, children } = JSON.parse(readFileSync(path, 'utf8'));
    return { pid, identity, url, children: Array.isArray(children) ? children : [] };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    return { pid: 0, identity: undefined, url: '', children: [] };
  }
}

/**
 * @param {number} pid
 * @returns {Process}
 */
const identified = (pid) => ({ pid, identity: processIdentity(pid) });

/** @param {Process} one */
const isAlive = ({ pid, identity }) =>
  pid > 0 && identity !== undefined && processIdentity(pid) === identity;

/**
 * @param {string} folder
 * @param {Holder} holder
 */
const alreadyRuns = (folder, { pid, url }) =>
  `Almanac already runs with the data in ${folder}: process ${pid}, ${url}; stop it, or choose another folder with DATA_DIR`;

/**
 * Waits for the programs of a launcher that was killed.
 * @param {Holder} holder
 * @param {(line: string) => void} say
 */
async function programsOf({ children }, say) {
  const end = Date.now() + WAIT_FOR_PROGRAMS;
  if (children.some(isAlive)) say('waiting for the programs of the last run to end');
  while (children.some(isAlive)) {
    if (Date.now() > end) {
      const pids = children.filter(isAlive).map(({ pid }) => pid);
      throw new Fault(`programs of the last run still live (${pids.join(', ')}): end them first`);
    }
    await sleep(50);
  }
}
