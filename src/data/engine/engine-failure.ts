import { diskFull } from '../../errors/disk-full.js';
import { Problem } from '../../errors/problem.js';

/** The file of a database cannot be read or written any more; a new copy of it can. */
export class DamagedCopy extends Problem {
  constructor() {
    super(
      'storage-unavailable',
      'the copy of the dataset on this disk is damaged; it is made anew',
      {
        retryAfter: 1,
      },
    );
  }
}

/** DuckDB checks a sum in every block that it reads; a database that it could not write is given up by it. */
const DAMAGED =
  /Corrupt database file|not a valid DuckDB database|has been invalidated|Input\/output error/i;
const FULL = /No space left on device|ENOSPC|Disk quota exceeded/i;

/** The problem behind an error of DuckDB, or the error itself where it is none that can be expected. */
export function engineFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error;
  if (DAMAGED.test(error.message)) return new DamagedCopy();
  if (FULL.test(error.message)) {
    return diskFull();
  }
  return error;
}
