import { readFile, stat } from 'node:fs/promises';

import { Problem } from '../../../errors/problem.js';
import type { Format } from '../source.js';
import { jsonObjects, jsonTable, keysOf, pointerTo } from './json-table.js';
import { RecordFile } from './record-file.js';
import { yamlRecordJson } from './yaml-values.js';
import { recordsIn } from './yaml-records.js';

/** A document of YAML lies in memory as a whole. */
const MAX_BYTES = 32 * 2 ** 20;

/** YAML: a list of mappings, a document which holds one under a key, or a mapping of equally long lists. */
export const yaml: Format = {
  name: 'yaml',
  mediaTypes: ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'],
  async open(connection, file, { path, mayBeEmpty }) {
    const { size } = await stat(file);
    if (size > MAX_BYTES) {
      throw new Problem(
        'payload-too-large',
        `the YAML has ${String(size)} bytes; at most ${String(MAX_BYTES)} are read. Send it as JSON, NDJSON or CSV`,
      );
    }
    const { parseYaml } = await import('./yaml-parse.js');
    const found = recordsIn(parseYaml(await readFile(file, 'utf8')), path);
    const output = new RecordFile(`${file}.list`);
    try {
      for (const record of found.records) {
        output.add(yamlRecordJson(record), 0);
        await output.drained();
      }
      await output.end();
    } finally {
      output.close();
    }
    const objects = jsonObjects(output.path, 'newline_delimited');
    const keys = await keysOf(connection, objects);
    const fields = keys.map((name) => ({ name, pointer: pointerTo(name) }));
    return jsonTable(objects, fields, found.path === null ? {} : { path: found.path }, mayBeEmpty);
  },
};
