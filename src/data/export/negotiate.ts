import Negotiator from 'negotiator';

import { Problem } from '../../errors/problem.js';
import { EXPORT_FORMATS, EXPORT_NAMES, type ExportName } from './export-formats.js';
import type { ExportParameters } from './export-parameters.js';

export interface Wishes {
  readonly accept: string | undefined;
  readonly acceptEncoding: string | undefined;
}

/** `file`: the file itself is gzip. `transfer`: only its way to the caller is. */
export type Compression = 'none' | 'transfer' | 'file';

/**
 * The format: as the parameter says, else as `Accept` does.
 * @throws Problem `not-acceptable`
 */
export function formatFor({ format }: ExportParameters, { accept }: Wishes): ExportName {
  if (format !== undefined) return format;
  const types = EXPORT_NAMES.map((name) => mediaType(name));
  // Of the parameters of a type, such as its charset, only the quality counts.
  const plain = accept?.replace(/;(?!\s*q=)[^;,]*/gi, '');
  const [chosen] = negotiator({ accept: plain }).mediaTypes(types);
  const found = EXPORT_NAMES.find((name) => mediaType(name) === chosen);
  if (found !== undefined) return found;
  throw new Problem(
    'not-acceptable',
    `"${accept ?? ''}" is not made here; ${types.join(', ')} are`,
  );
}

/** @throws Problem `invalid-parameter` where the format is compressed in itself */
export function compressionFor(
  { compress }: ExportParameters,
  { acceptEncoding }: Wishes,
  format: ExportName,
): Compression {
  if (format === 'parquet') {
    if (compress === undefined) return 'none';
    throw Problem.field('invalid-parameter', 'compress', 'Parquet files are compressed already');
  }
  if (compress === 'gzip') return 'file';
  const [encoding] = negotiator({ 'accept-encoding': acceptEncoding ?? 'identity' }).encodings([
    'gzip',
    'identity',
  ]);
  return encoding === 'gzip' ? 'transfer' : 'none';
}

const negotiator = (headers: Record<string, string | undefined>): Negotiator =>
  new Negotiator({ headers: headers });

const mediaType = (name: ExportName): string => EXPORT_FORMATS[name].type.split(';')[0] ?? '';
