import type { RecordFile } from '../../data/load/formats/record-file.js';
import { readXml, type XmlHandler } from '../../data/load/formats/xml-reader.js';
import { stateRecord, STATE_COLUMNS, type OemAbout } from './oem-document.js';

/** The XML form of an orbit file, followed element by element. */
class OemXml implements XmlHandler {
  readonly about: OemAbout = { header: {}, metadata: {}, comment: [] };
  private readonly path: string[] = [];
  private value = '';
  private state: Record<string, string> | null = null;
  private line = 0;

  constructor(private readonly records: RecordFile) {}

  open(name: string, _attributes: Readonly<Record<string, string>>, line: number): void {
    this.path.push(name);
    this.value = '';
    if (name !== 'stateVector') return;
    this.state = {};
    this.line = line;
  }

  text(text: string): void {
    this.value += text;
  }

  close(): void {
    const name = this.path.pop() ?? '';
    const parent = this.path.at(-1);
    const value = this.value.trim();
    if (name === 'COMMENT') this.about.comment.push(this.value.trimEnd());
    else if (parent === 'header') this.about.header[name] = value;
    else if (parent === 'metadata') this.about.metadata[name] = value;
    else if (parent === 'stateVector' && this.state !== null) this.state[name] = value;
    else if (name === 'stateVector') this.add();
    this.value = '';
  }

  pause(): Promise<void> {
    return this.records.drained();
  }

  private add(): void {
    const { EPOCH = '', ...state } = this.state ?? {};
    const values = STATE_COLUMNS.map((column) => state[column] ?? '');
    this.records.add(stateRecord(EPOCH, values, this.line), this.line);
    this.state = null;
  }
}

export async function readOemXml(file: string, records: RecordFile): Promise<OemAbout> {
  const document = new OemXml(records);
  await readXml(file, document);
  return document.about;
}
