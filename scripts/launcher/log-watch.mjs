import { readable } from './log-line.mjs';

const LOOK = 200;
const LAST_LINES = 12;
const WARNING = 40;
/** The same warning is shown once in this time. */
const REPEAT = 10_000;
/** How a program begins a line that says why it does not start. */
const FAULT = 'almanac: ';

/** Follows the log of a program: shows its warnings, and keeps its last words. */
export class LogWatch {
  #name;
  #log;
  #say;
  #timer;
  #isClosed = false;
  /** @type {string[]} */
  #last = [];
  /** @type {Map<string, number>} */
  #said = new Map();

  /**
   * @param {string} name of the program
   * @param {import('./log-file.mjs').LogFile} log
   * @param {(line: string) => void} say
   */
  constructor(name, log, say) {
    this.#name = name;
    this.#log = log;
    this.#say = say;
    this.#timer = setInterval(() => this.read(), LOOK);
  }

  /** Reads what is new. */
  read() {
    if (this.#isClosed) return;
    for (const line of this.#log.newLines()) {
      const { level = 0, clock, text } = readable(line);
      this.#last = [...this.#last.slice(1 - LAST_LINES), `${clock}${text}`];
      if (level >= WARNING && !this.#wasSaid(text)) {
        this.#say(`${this.#name.padEnd(6)} ${clock}${text}`);
      }
    }
  }

  /** Drops the words so far: they do not explain what comes. */
  forget() {
    this.read();
    this.#last = [];
  }

  /** The reasons that the program gave for not starting. */
  faults() {
    this.read();
    const faults = this.#last.filter((line) => line.startsWith(FAULT));
    return faults.map((line) => line.slice(FAULT.length));
  }

  /** The end of a sentence that tells how the program ended. */
  lastWords() {
    this.read();
    const { path } = this.#log;
    if (this.#last.length === 0) return `; its log: ${path}`;
    return [`; its last lines, from ${path}:`, ...this.#last].join('\n    ');
  }

  close() {
    clearInterval(this.#timer);
    this.read();
    this.#isClosed = true;
    this.#log.close();
  }

  /**
   * Whether the same was said a moment ago, as when Redis is away and every attempt to connect fails.
   * @param {string} text
   */
  #wasSaid(text) {
    const now = Date.now();
    for (const [said, when] of this.#said) {
      if (now - when > REPEAT) this.#said.delete(said);
    }
    const wasSaid = this.#said.has(text);
    if (!wasSaid) this.#said.set(text, now);
    return wasSaid;
  }
}
