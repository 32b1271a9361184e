import { createReadStream } from 'node:fs';

import { Problem } from '../../../errors/problem.js';

/**
 * Reads an XML document piece by piece, strictly, and tells its elements to a handler. It holds one
 * text at most. Entities that a document declares itself are refused, so none can grow without end.
 */
export interface XmlHandler {
  /** @param line line of the document, from 1 */
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
  text(text: string): void;
  close(): void;
  /** Called between two pieces of the file: the handler may wait here. */
  pause?(): Promise<void>;
}

const PIECE_BYTES = 256 * 1024;
/** Longest text, tag, comment or declaration. */
const MAX_CHARACTERS = 16 * 2 ** 20;
const MAX_DEPTH = 200;

/** @throws Problem `unreadable-file` with line and column */
export async function readXml(file: string, handler: XmlHandler): Promise<void> {
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ position: true });
  const place = (): string => `line ${String(parser.line)}, column ${String(parser.column + 1)}`;
  const fail = (message: string): never => {
    throw new Problem('unreadable-file', `the XML is damaged at ${place()}: ${message}`);
  };
  let depth = 0;
  let last = 0;
  parser.on('error', (error) => fail(error.message.replace(/^(\d+:\d+: )?/, '')));
  parser.on('doctype', (text) => {
    if (/<!ENTITY/i.test(text)) fail('entity declarations are not read');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > MAX_DEPTH) fail(`more than ${String(MAX_DEPTH)} elements lie in each other`);
    handler.open(name, attributes as Record<string, string>, parser.line);
    last = parser.position;
  });
  const text = (piece: string): void => {
    handler.text(piece);
    last = parser.position;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('comment', () => (last = parser.position));
  parser.on('closetag', () => {
    depth--;
    handler.close();
    last = parser.position;
  });
  const source = createReadStream(file, { encoding: 'utf8', highWaterMark: PIECE_BYTES });
  for await (const piece of source as AsyncIterable<string>) {
    parser.write(piece);
    if (parser.position - last > MAX_CHARACTERS) {
      fail(`a text or tag is longer than ${String(MAX_CHARACTERS)} characters`);
    }
    await handler.pause?.();
  }
  parser.close();
}
