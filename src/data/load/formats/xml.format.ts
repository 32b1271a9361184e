import type { Format } from '../source.js';
import { jsonObjects, jsonTable, keysOf, pointerTo } from './json-table.js';
import { RecordFile } from './record-file.js';
import { XmlOutline } from './xml-outline.js';
import { readXml } from './xml-reader.js';
import { XmlRecords } from './xml-records.js';

/**
 * XML: the element that repeats most, or the one at `path`, is a record; what lies in it are its
 * columns. The document is read twice, each time as a stream, and never held.
 */
export const xml: Format = {
  name: 'xml',
  mediaTypes: ['application/xml', 'text/xml'],
  async open(connection, file, { path, mayBeEmpty }) {
    const outline = await XmlOutline.of(file);
    const recordPath = outline.recordPath(path);
    const output = new RecordFile(`${file}.list`);
    const records = new XmlRecords(outline, recordPath, output);
    try {
      await readXml(file, records);
      await output.end();
    } finally {
      output.close();
    }
    const objects = jsonObjects(output.path, 'newline_delimited');
    const keys = await keysOf(connection, objects);
    const { units, mixedUnits } = records;
    const fields = keys.map((name) => {
      const unit = units.get(name);
      return { name, pointer: pointerTo(name), ...(unit === undefined ? {} : { unit }) };
    });
    const found = { path: recordPath, ...(mixedUnits.length > 0 ? { mixedUnits } : {}) };
    const table = jsonTable(objects, fields, found, mayBeEmpty);
    return { ...table, sparse: true, linesOf: output.linesOf };
  },
};
