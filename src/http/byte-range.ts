import { Problem } from '../errors/problem.js';

/** Documents the headers that ask for a part of a file. */
export const RANGE = {
  name: 'range',
  required: false,
  description:
    'The part that is wanted, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-512`; 206 with that part. Several parts in one request are answered with the whole.',
};
export const IF_RANGE = {
  name: 'if-range',
  required: false,
  description: 'ETag of the part that the caller has; where it holds no more the whole is sent.',
};

/** A part of a file. */
export interface ByteRange {
  readonly from: number;
  /** In bytes, at least 1. */
  readonly length: number;
}

export interface RangeRequest {
  readonly range?: string | undefined;
  readonly ifRange?: string | undefined;
}

const BYTES = /^\s*bytes\s*=/i;
const ONE = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i;

/**
 * The part of a file that a request asks for (RFC 9110, 14): null where the whole is to be sent, because none is
 * asked for, or several, or in another unit, or because the caller has the start of another file.
 * @throws Problem `range-not-satisfiable`
 */
export function rangeOf(
  { range, ifRange }: RangeRequest,
  { size, etag }: { readonly size: number; readonly etag: string },
): ByteRange | null {
  if (range === undefined || !BYTES.test(range) || range.includes(',')) return null;
  if (ifRange !== undefined && ifRange.trim() !== etag) return null;
  const [, first = '', last = ''] = ONE.exec(range) ?? [];
  if (first === '' && last === '')
    throw refused(size, 'must be like bytes=0-99, bytes=100- or bytes=-99');
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < from) {
    throw refused(size, 'ends before it starts');
  }
  if (from > end) throw refused(size, `has none of the ${String(size)} bytes that there are`);
  return { from, length: end - from + 1 };
}

/** `Content-Range` of a part. */
export const contentRange = ({ from, length }: ByteRange, size: number): string =>
  `bytes ${String(from)}-${String(from + length - 1)}/${String(size)}`;

const refused = (size: number, message: string): Problem =>
  Problem.field('range-not-satisfiable', 'range', message, { size });
