import { Problem } from '../../errors/problem.js';
import { readHeadText } from '../../data/load/formats/file-head.js';
import { jsonObjects, jsonTable, pointerTo } from '../../data/load/formats/json-table.js';
import { RecordFile } from '../../data/load/formats/record-file.js';
import type { DeclaredFormat } from '../../data/load/source.js';
import { COMPUTED_COLUMNS, STATE_COLUMNS } from './oem-document.js';
import { readOemText } from './oem-text.js';
import { readOemXml } from './oem-xml.js';

/** Orbit files of NASA (CCSDS OEM 2.0) in XML and as text. What they say of the orbit goes into the load report. */
const oem: DeclaredFormat = {
  name: 'oem',
  mediaTypes: [],
  recognises: (head) => /^CCSDS_OEM_VERS\b|<oem\b/.test(head),
  async open(_connection, file) {
    const records = new RecordFile(`${file}.oem`);
    try {
      const isXml = (await readHeadText(file)).startsWith('<');
      const about = await (isXml ? readOemXml : readOemText)(file, records);
      if ((await records.end()) === 0) {
        throw new Problem('unreadable-file', 'the orbit file holds no state vector');
      }
      const fields = ['EPOCH', 'time', ...STATE_COLUMNS, ...COMPUTED_COLUMNS].map((name) => ({
        name,
        pointer: pointerTo(name),
      }));
      const table = jsonTable(jsonObjects(records.path, 'newline_delimited'), fields, { ...about });
      return { ...table, linesOf: records.linesOf };
    } finally {
      records.close();
    }
  },
};
export default oem;
