import { TaskFault } from './usage-fault.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'that is not allowed',
  EPERM: 'that is not allowed',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
};

const reasonOf = (error: unknown): string | undefined =>
  REASONS[(error as NodeJS.ErrnoException).code ?? ''];

/** Whether a file could not be written, and why is known. */
export const isWriteError = (error: unknown): boolean => reasonOf(error) !== undefined;

/**
 * For `catch`: says in words why a file could not be written.
 * @throws TaskFault, or the error itself where the reason is none of those
 */
export const writeFault =
  (file: string) =>
  (error: unknown): never => {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    throw new TaskFault(`${file} cannot be written: ${reason}`);
  };
