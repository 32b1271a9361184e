import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';

import { Problem } from '../../errors/problem.js';

const LIMITS = { files: 1, fields: 20, parts: 22, fieldSize: 200_000, headerPairs: 50 };

/** The fields of an upload of several parts, and the media type of its file. */
export interface Parts {
  readonly fields: Readonly<Record<string, string>>;
  readonly contentType: string;
}

export const isMultipart = (contentType: string | undefined): boolean =>
  /^\s*multipart\/form-data\b/i.test(contentType ?? '');

/**
 * Reads an upload of several parts (`multipart/form-data`): one file, which goes to `keep` as it
 * arrives, and fields before or after it.
 * @throws Problem `invalid-body`, `invalid-parameter`, and what `keep` throws
 */
export async function readParts(
  body: Readable,
  contentType: string,
  keep: (file: Readable) => Promise<unknown>,
): Promise<Parts> {
  const busboy = openBusboy(contentType);
  const fields: Record<string, string> = {};
  const files: { type: string; kept: Promise<unknown> }[] = [];
  const refuse = (problem: Problem): void => {
    busboy.destroy(problem);
  };
  busboy.on(
    'file',
    (_field: string, stream: BusboyFileStream, _name: string, _encoding: string, type: string) => {
      const kept = keep(stream);
      kept.catch((error: unknown) => {
        busboy.destroy(error as Error);
      });
      files.push({ type, kept });
    },
  );
  busboy.on('field', (name: string, value: string, _cut: boolean, cut: boolean) => {
    if (cut) refuse(Problem.field('invalid-parameter', name.slice(0, 100), 'is too long'));
    if (Object.hasOwn(fields, name))
      refuse(Problem.field('invalid-parameter', name, 'is there twice'));
    fields[name] = value;
  });
  busboy.on('filesLimit', () => {
    refuse(Problem.field('invalid-parameter', 'file', 'one file at a time'));
  });
  busboy.on('fieldsLimit', () => {
    refuse(new Problem('invalid-body', `more than ${String(LIMITS.fields)} fields`));
  });
  await pipeline(body, busboy).catch((error: unknown) => {
    throw asProblem(error);
  });
  const [file] = files;
  if (file === undefined) {
    throw Problem.field('invalid-parameter', 'file', 'is missing: send the table as a file part');
  }
  await file.kept;
  return { fields, contentType: file.type };
}

function openBusboy(contentType: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
  } catch (error) {
    throw new Problem('invalid-body', `the parts cannot be read: ${(error as Error).message}`);
  }
}

function asProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new Problem('invalid-body', 'the upload ended before it was complete');
  }
  if (code !== undefined) return error;
  return new Problem('invalid-body', `the parts cannot be read: ${message}`);
}
