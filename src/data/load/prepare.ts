import { stat } from 'node:fs/promises';

import { Problem } from '../../errors/problem.js';
import { decodeFile } from './encoding/decode-file.js';
import { headText, readHead } from './formats/file-head.js';
import { formats } from './formats/formats.js';
import { sniffBinary, sniffText } from './formats/sniff.js';
import type { LoadRequest } from './request.js';
import type { DeclaredFormat, Format } from './source.js';

/** A file that is ready to be read as a format: decoded, its format known. */
export interface Prepared {
  readonly format: Format;
  readonly file: string;
  readonly encoding: string | null;
}

/**
 * Finds out what a spooled file is. Where no format was named, its content tells.
 * @throws Problem `unreadable-file`
 */
export async function prepare(request: LoadRequest): Promise<Prepared> {
  const { input, plainText, charset } = request;
  if ((await stat(input)).size === 0) throw new Problem('unreadable-file', 'the file is empty');
  const named = formats.find(({ name }) => name === request.format) ?? null;
  const binary = named?.binary === true ? named : sniffBinary(await readHead(input));
  if (binary !== null) return { format: binary, file: input, encoding: null };
  const decoded = plainText
    ? { file: input, encoding: 'utf-8' }
    : await decodeFile(input, `${input}.text`, charset);
  const head = await readHead(decoded.file);
  const own = await declaredFormat(request);
  if (own?.recognises(headText(head)) === true) return { ...decoded, format: own };
  const format = named ?? sniffText(head);
  // A blank line would be a header, of a table without rows.
  const separated = format.name === 'csv' || format.name === 'tsv';
  if (separated && headText(head) === '' && head.length === (await stat(decoded.file)).size) {
    throw new Problem('unreadable-file', 'the file is empty: it holds nothing but blanks');
  }
  return { ...decoded, format };
}

async function declaredFormat({ declared }: LoadRequest): Promise<DeclaredFormat | null> {
  if (declared.format === undefined) return null;
  return ((await import(declared.format)) as { default: DeclaredFormat }).default;
}
