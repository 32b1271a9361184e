import type { Schema } from '../schema.js';

/** Readers of an old generation may still fetch it for this long. */
export const OLD_GENERATION_SECONDS = 600;

/** A load whose file is kept, so that it can still be read as it was loaded. */
export interface KeptLoad {
  readonly load: number;
  readonly generation: string;
  readonly rows: number;
  /** Size of its file. */
  readonly bytes: number;
  readonly schema: Schema;
  /** Format of the loaded file. */
  readonly format: string;
  readonly source: string | null;
  /** RFC 3339. */
  readonly loaded: string;
}
