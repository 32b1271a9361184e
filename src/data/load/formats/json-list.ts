import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';

import { jsonFault } from '../../../errors/json-fault.js';
import { Problem } from '../../../errors/problem.js';

/**
 * Cuts the list of records out of a JSON document which holds it under a key, without parsing it: one
 * pass over the bytes which only follows strings and brackets. What surrounds the list is small and is
 * parsed, so that a damaged document is noticed. The records themselves are parsed by DuckDB.
 */
export interface JsonList {
  /** Dotted path of the list, such as `result.rows`; null where there is none. */
  readonly path: string | null;
  /** The document without its list: other keys, such as a title or a source. */
  readonly rest: unknown;
}

const MAX_REST_BYTES = 4 * 2 ** 20;
const MAX_DEPTH = 8;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * Writes the list to `output`.
 * @param wanted dotted path; without one the first list of objects is taken
 * @throws Problem `unreadable-file`
 */
export async function cutList(
  input: string,
  output: string,
  wanted: string | undefined,
): Promise<JsonList> {
  const cutter = new ListCutter(wanted);
  const sink = createWriteStream(output);
  const source = createReadStream(input, { highWaterMark: 1 << 20 });
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const piece = cutter.take(chunk);
    if (piece !== null && !sink.write(piece)) await once(sink, 'drain');
  }
  sink.end();
  await once(sink, 'finish');
  return cutter.end();
}

class ListCutter {
  /** Per open object the key whose value is being read; null per open list. */
  private readonly path: (string | null)[] = [];
  private inString = false;
  private escaped = false;
  private expectsKey = false;
  private text: number[] = [];
  /** A list was opened here which is the wanted one if records follow. */
  private candidate = false;
  private found: string | null = null;
  /** Nesting inside the list; 0 outside. */
  private depth = 0;
  private readonly rest: Buffer[] = [];
  private restBytes = 0;

  constructor(private readonly wanted: string | undefined) {}

  /** Scans on; returns the part of the chunk which belongs to the list, or null. */
  take(chunk: Buffer): Buffer | null {
    const before = this.depth > 0;
    let from = before ? 0 : chunk.length;
    let to = before ? chunk.length : 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (this.depth > 0) {
        if (this.inside(byte)) to = i;
      } else if (this.outside(byte)) {
        from = i;
        to = chunk.length;
      }
    }
    this.keep(chunk.subarray(0, from));
    if (to < from) return null;
    this.keep(chunk.subarray(to));
    const piece = chunk.subarray(from, to);
    if (before) return this.depth > 0 ? piece : Buffer.concat([piece, Buffer.from(']')]);
    return Buffer.concat([Buffer.from('['), piece, Buffer.from(this.depth > 0 ? '' : ']')]);
  }

  end(): JsonList {
    if (this.depth > 0 || this.inString) {
      throw new Problem('unreadable-file', 'the JSON document ends in the middle of its list');
    }
    const tooMuch = this.restBytes > MAX_REST_BYTES;
    if (this.found === null && tooMuch) return { path: null, rest: null };
    if (tooMuch) {
      throw new Problem(
        'unreadable-file',
        'the JSON document holds too much beside a list of objects',
      );
    }
    return { path: this.found, rest: parseRest(Buffer.concat(this.rest)) };
  }

  /** Inside the list: follows strings and brackets; true at its closing bracket. */
  private inside(byte: number): boolean {
    if (this.inString) this.stringByte(byte);
    else if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN || byte === OPEN_LIST) this.depth++;
    else if (byte === CLOSE || byte === CLOSE_LIST) this.depth--;
    return this.depth === 0;
  }

  /** Outside: follows the keys; true at the first byte of the first record of the wanted list. */
  private outside(byte: number): boolean {
    if (this.inString) {
      if (this.stringByte(byte)) this.endKey();
      else if (this.expectsKey && this.text.length < 500) this.text.push(byte);
      return false;
    }
    if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) return false;
    if (this.candidate) {
      this.candidate = false;
      const records = this.wanted === undefined ? byte === OPEN : byte !== CLOSE_LIST;
      if (records || this.wanted !== undefined) this.found = this.dotted();
      if (records) {
        this.path.pop();
        this.depth = 1;
        this.inside(byte);
        return true;
      }
    }
    this.structure(byte);
    return false;
  }

  private structure(byte: number): void {
    if (byte === QUOTE) {
      this.inString = true;
      this.text = [];
      return;
    }
    if (byte === OPEN) this.path.push('');
    else if (byte === OPEN_LIST) {
      this.candidate = this.found === null && this.isWanted();
      this.path.push(null);
    } else if (byte === CLOSE || byte === CLOSE_LIST) this.path.pop();
    this.expectsKey = byte === OPEN || (byte === COMMA && this.path.at(-1) !== null);
  }

  private isWanted(): boolean {
    if (this.path.length > MAX_DEPTH || this.path.includes(null)) return false;
    return this.wanted === undefined || this.dotted() === this.wanted;
  }

  private dotted(): string {
    return this.path.filter((key) => key !== null).join('.');
  }

  /** One byte of a string; true where it closes the string. */
  private stringByte(byte: number): boolean {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) this.inString = false;
    return !this.inString;
  }

  private endKey(): void {
    if (this.expectsKey) this.path[this.path.length - 1] = Buffer.from(this.text).toString('utf8');
    this.expectsKey = false;
  }

  private keep(bytes: Buffer): void {
    this.restBytes += bytes.length;
    if (bytes.length > 0 && this.restBytes <= MAX_REST_BYTES) this.rest.push(Buffer.from(bytes));
  }
}

function parseRest(bytes: Buffer): unknown {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('unreadable-file', `the JSON document is damaged: ${jsonFault(error, text)}`);
  }
}
