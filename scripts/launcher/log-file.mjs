import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const ROTATE_ABOVE = 10 * 2 ** 20;
const CHUNK = 64 * 1024;

/**
 * The log of a program. The program writes the file itself, so nothing is lost when the launcher dies, and
 * the launcher reads what is added.
 */
export class LogFile {
  #offset;
  #rest = '';

  /** @param {string} path appended to; a large one is put aside first as `<path>.1` */
  constructor(path) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_ABOVE) {
      renameSync(path, `${path}.1`);
    }
    /** File descriptor for the outputs of the program. */
    this.output = openSync(path, 'a+');
    this.#offset = fstatSync(this.output).size;
  }

  /**
   * The complete lines that were added since the last call.
   * @returns {string[]}
   */
  newLines() {
    const buffer = Buffer.alloc(CHUNK);
    for (;;) {
      const length = readSync(this.output, buffer, 0, CHUNK, this.#offset);
      if (length === 0) break;
      this.#offset += length;
      this.#rest += buffer.toString('latin1', 0, length);
    }
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((line) => Buffer.from(line, 'latin1').toString('utf8'));
  }

  close() {
    closeSync(this.output);
  }
}
