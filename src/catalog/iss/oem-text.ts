import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import type { RecordFile } from '../../data/load/formats/record-file.js';
import { Problem } from '../../errors/problem.js';
import { stateRecord, type OemAbout } from './oem-document.js';

const PAIR = /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/;

/** The plain form of an orbit file: `KEY = value` lines, comments, and a line for each state vector. */
export async function readOemText(file: string, records: RecordFile): Promise<OemAbout> {
  const about: OemAbout = { header: {}, metadata: {}, comment: [] };
  let inMetadata = false;
  let number = 0;
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) {
    number += 1;
    const text = line.replace(/^\uFEFF/, '');
    const pair = PAIR.exec(text);
    if (/^\s*COMMENT\b/.test(text)) about.comment.push(text.replace(/^\s*COMMENT ?/, ''));
    else if (/^\s*META_START\s*$/.test(text)) inMetadata = true;
    else if (/^\s*META_STOP\s*$/.test(text)) inMetadata = false;
    else if (pair !== null)
      (inMetadata ? about.metadata : about.header)[pair[1] ?? ''] = pair[2] ?? '';
    else if (/^\s*COVARIANCE_START\s*$/.test(text))
      break; // uncertainties, of which nothing is made
    else if (text.trim() !== '') {
      const [epoch = '', ...values] = text.trim().split(/\s+/);
      if (values.length < 6) {
        throw new Problem(
          'unreadable-file',
          `line ${String(number)}: an epoch and six numbers were expected`,
        );
      }
      records.add(stateRecord(epoch, values, number), number);
      await records.drained();
    }
  }
  return about;
}
