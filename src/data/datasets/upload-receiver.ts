import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import type { Configuration } from '../../config/configuration.js';
import { validateQuery } from '../../parameters/validate.js';
import { isMultipart, readParts } from '../load/multipart.js';
import { spool, type Spooled } from '../load/spool.js';
import type { RawQuery } from '../query/parse-query.js';
import type { GenerationCache } from '../replica/generation-cache.js';
import { LoadParameters } from './load-parameters.js';
import type { Upload } from './load-request.js';
import { refuseOneLine } from './refuse-one-line.js';

/** An upload on disk with what was said about it. */
export interface Received {
  readonly upload: Upload;
  readonly parameters: LoadParameters;
}

/** Takes uploads, as a plain body or as one part of several, to a folder that lasts as long as their use. */
export class UploadReceiver {
  constructor(
    private readonly configuration: Configuration,
    private readonly cache: GenerationCache,
  ) {}

  /**
   * @param body undefined where a request had none
   * @throws Problem for whatever is wrong with the body, its parameters or its size
   */
  async receive<T>(
    body: Readable | undefined,
    contentType: string | undefined,
    query: RawQuery,
    use: (received: Received) => Promise<T>,
  ): Promise<T> {
    return this.inFolder(async (file) => {
      if (contentType === undefined || !isMultipart(contentType)) {
        const parameters = validateQuery(LoadParameters, query);
        const upload = { ...(await this.keep(body ?? Readable.from([]), file)), contentType };
        await refuseOneLine(file, contentType);
        return use({ upload, parameters });
      }
      let spooled: Spooled = { file, plainText: false };
      const parts = await readParts(body ?? Readable.from([]), contentType, async (stream) => {
        spooled = await this.keep(stream, file);
      });
      const parameters = validateQuery(LoadParameters, { ...query, ...parts.fields });
      return use({ upload: { ...spooled, contentType: parts.contentType }, parameters });
    });
  }

  /** Takes what was fetched for a load, with the limits of an upload. */
  async keep(body: Readable, file: string): Promise<Spooled> {
    const { maxUploadBytes, maxExpandedBytes } = this.configuration;
    return spool(body, file, { sent: maxUploadBytes, expanded: maxExpandedBytes });
  }

  /** Calls `use` with the name of a file in a new folder, and removes the folder afterwards. */
  async inFolder<T>(use: (file: string) => Promise<T>): Promise<T> {
    const folder = await this.cache.newFolder('.load');
    try {
      return await use(join(folder, 'upload'));
    } finally {
      await rm(folder, { force: true, recursive: true });
    }
  }
}
