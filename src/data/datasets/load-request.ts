import { dirname, join } from 'node:path';

import type { DatasetDeclaration } from '../../catalog/declaration.js';
import type { Configuration } from '../../config/configuration.js';
import { formatOf } from '../load/formats/formats.js';
import { parseGivenSchema, type LoadRequest } from '../load/request.js';
import type { Spooled } from '../load/spool.js';
import type { LoadParameters } from './load-parameters.js';

/** A file that waits to be loaded, in a folder of its own. */
export interface Upload extends Spooled {
  /** Media type as it was sent. */
  readonly contentType: string | undefined;
}

/**
 * What the loader process is asked to do with an upload.
 * @throws Problem `invalid-parameter`, `unsupported-media-type`
 */
export function loadRequest(
  { file, plainText, contentType }: Upload,
  parameters: LoadParameters,
  declaration: DatasetDeclaration | undefined,
  { duckdbThreads, duckdbMemory, maxExpandedBytes }: Configuration,
): LoadRequest {
  const given = parseGivenSchema(parameters.schema);
  return {
    input: file,
    output: join(dirname(file), 'table.duckdb'),
    format: formatOf(contentType)?.name ?? null,
    key: parameters.key ?? given.key,
    columns: given.columns,
    expected: given.expected,
    declared: {
      columns: declaration?.columns ?? {},
      key: declaration?.key ?? null,
      time: given.time ?? declaration?.time ?? null,
      ...(declaration?.formatModule === undefined ? {} : { format: declaration.formatModule }),
    },
    delimiter: parameters.delimiter ?? null,
    path: parameters.path ?? declaration?.path ?? null,
    dateformat: parameters.dateformat ?? null,
    onError: parameters.onError,
    plainText,
    charset: /;\s*charset="?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? null,
    maxBytes: maxExpandedBytes,
    threads: duckdbThreads,
    memoryBytes: duckdbMemory,
  };
}
