import { isNativeError } from 'node:util/types';

import { diskFull } from '../../errors/disk-full.js';
import { Problem } from '../../errors/problem.js';
import type { LoadRequest } from './request.js';

/** DuckDB's words about a file as a problem, without the paths of this machine. */
export function readable(error: unknown, request: LoadRequest): unknown {
  if (error instanceof Problem || !isNativeError(error)) return error;
  if (/No space left|ENOSPC/i.test(error.message)) {
    return diskFull();
  }
  if (!/^(Invalid Input|Conversion|Parser|Binder|Out of Memory|IO) Error/.test(error.message))
    return error;
  const message = error.message
    .replaceAll(new RegExp(`(file )?"?${escaped(request.input)}[.\\w]*"?`, 'g'), 'the file')
    .replace(/^[A-Za-z ]+ Error: /, '')
    .split('\n')[0];
  return new Problem('unreadable-file', message ?? 'the file cannot be read');
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
