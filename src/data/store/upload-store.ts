import type { GenerationStore } from './generation-store.js';

/** No dataset can be called so. */
const UPLOADS = '/uploads';
/** An upload whose job did not get round to it. */
const KEPT_SECONDS = 2 * 86_400;

/** Uploads that wait in Redis for a job, so that any worker on any machine can load them. */
export class UploadStore {
  constructor(private readonly generations: GenerationStore) {}

  /** @throws Problem `storage-full` */
  async keep(file: string): Promise<string> {
    return (await this.generations.upload(UPLOADS, file, KEPT_SECONDS)).id;
  }

  /** Writes an upload to a file; false where it is gone. */
  async fetch(id: string, file: string): Promise<boolean> {
    const found = await this.generations.find(UPLOADS, id);
    return found !== null && (await this.generations.download(UPLOADS, found, file));
  }

  remove(id: string): Promise<void> {
    return this.generations.remove(UPLOADS, id);
  }
}
