import { Problem } from '../../errors/problem.js';
import { readHeadText } from '../load/formats/file-head.js';

/**
 * Refuses a table out of which curl took the line breaks, as `curl -d @FILE` does. Such a body has curl's own media
 * type; JSON and XML do without line breaks.
 * @throws Problem `unreadable-file`
 */
export async function refuseOneLine(file: string, contentType: string | undefined): Promise<void> {
  if (contentType !== 'application/x-www-form-urlencoded') return;
  const text = await readHeadText(file);
  if (text === '' || /[\r\n]|^[[{<]|^PAR1/.test(text)) return;
  throw new Problem(
    'unreadable-file',
    'the body is a single line: curl -d takes the line breaks out of a file; curl -T FILE, or --data-binary @FILE, sends it as it is',
  );
}
