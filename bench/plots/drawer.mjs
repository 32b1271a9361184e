import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program that draws a plot for each line that it is given, and answers with a line. */
export class Drawer {
  #program;
  #lines;
  #errors = '';

  constructor(command, args) {
    this.#program = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#program.on('error', () => undefined);
    this.#program.stdin.on('error', () => undefined);
    this.#program.stderr.on('data', (text) => (this.#errors = (this.#errors + text).slice(-2000)));
    this.#lines = createInterface({ input: this.#program.stdout })[Symbol.asyncIterator]();
  }

  /** @returns {Promise<{ cpu: number, bytes: number, memory: number }>} ms, bytes, MB */
  async draw(request) {
    this.#program.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`the program that draws has ended:\n${this.#errors}`);
    return JSON.parse(value);
  }

  async close() {
    if (this.#program.exitCode !== null || this.#program.pid === undefined) return;
    const ended = once(this.#program, 'exit');
    this.#program.stdin.end();
    await ended;
  }
}
