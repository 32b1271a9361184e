import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import panels from './panels.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const TABLE = "SELECT i AS a, i * i AS b, 'k' || (i % 3) AS c FROM range(60) t(i)";

const draw = async (input: object) => {
  dataset = await datasetReader(TABLE);
  const given = validateJson(panels.params, { scale: 1, ...input });
  const params = panels.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await panels.compute(params, await panels.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  return { png: Buffer.from(results['plot.png']?.bytes ?? []), text };
};

const scatter = { kind: 'scatter', x: 'a', y: 'b' };
const bar = { kind: 'bar', x: 'c' };

describe('panels', () => {
  it('draw each plot in a place of its own', async () => {
    const { png, text } = await draw({ plots: [scatter, bar, { kind: 'histogram', column: 'a' }] });
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([960, 540]);
    const svg = text('plot.svg');
    expect(svg.match(/<svg /g)?.length).toBe(4);
    for (const title of ['Sample', 'b against a', 'rows by c', 'distribution of a']) {
      expect(svg).toContain(title);
    }
    const data = JSON.parse(text('data.json')) as object[];
    expect(data.length).toBe(3);
    const spec = JSON.parse(text('spec.json')) as { columns: number; concat: object[] };
    expect([spec.columns, spec.concat.length]).toEqual([2, 3]);
    expect(JSON.stringify(spec)).not.toContain('footText"}');
  });

  it.each([
    [[scatter, { kind: 'pie' }], 'params.plots[1].kind: must be one of bar, box'],
    [[{ kind: 'bar', x: 'q' }], 'params.plots[0].x: there is no column "q"'],
    [[{ ...scatter, nonsense: 1 }], 'params.plots[0].nonsense: unknown parameter'],
  ])('refuse %j', async (plots, message) => {
    await expect(draw({ plots })).rejects.toThrow(message);
  });

  it('refuse what has no room', async () => {
    await expect(draw({ plots: [bar, bar, bar], rows: 1, width: 500 })).rejects.toThrow(
      'params.width: needs 600 x 150',
    );
    await expect(draw({ plots: [bar, bar, bar], rows: 1, columns: 2 })).rejects.toThrow(
      'params.rows: 1 x 2 panels do not hold 3 plots',
    );
  });
});
