import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import { renderSpec, type RenderLimits } from './spec-renderer.js';
import vegaLite from './vega-lite.analysis.js';

/** Starting a process takes seconds where the machine is busy. */
const PATIENCE = 60_000;

let dataset: FakeDatasetReader | undefined;
afterEach(() => {
  dataset?.close();
  dataset = undefined;
});

const TABLE =
  "SELECT i AS a, sin(i / 10) AS b, ['x', 'y'][1 + i % 2] AS c, TIMESTAMP '2024-01-01' + INTERVAL (i) HOUR AS t FROM range(100) r(i)";

const draw = async (spec: object, more: object = {}, table = TABLE) => {
  dataset = await datasetReader(table);
  const given = validateJson(vegaLite.params, { spec, scale: 1, ...more });
  const params = vegaLite.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await vegaLite.compute(params, await vegaLite.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  return { png: Buffer.from(results['plot.png']?.bytes ?? []), text };
};

/** Past the checks at submission: what the process itself stands. */
const attack = (spec: object, limits: RenderLimits = { seconds: 40, memoryMb: 700 }) =>
  renderSpec(
    {
      spec: spec as Record<string, unknown>,
      rows: '[{"a": 1}, {"a": 2}]',
      theme: 'light',
      width: 400,
      height: 300,
      scale: 1,
    },
    limits,
  );
const x = { field: 'a', type: 'quantitative' };
const calculate = (expression: string): object => ({
  transform: [{ calculate: expression, as: 'q' }],
  mark: 'text',
  encoding: { x, text: { field: 'q', type: 'nominal' } },
});

describe('a specification of a user', () => {
  it(
    'is drawn over the columns that it names',
    async () => {
      const spec = {
        mark: 'line',
        encoding: { x: { field: 't', type: 'temporal' }, y: { field: 'b', type: 'quantitative' } },
      };
      const { png, text } = await draw(spec, { title: 'Waves', theme: 'dark' });
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([960, 540]);
      expect(text('plot.svg')).toContain('Waves');
      const rows = JSON.parse(text('data.json')) as object[];
      expect(rows.length).toBe(100);
      expect(rows[1]).toMatchObject({ b: Math.sin(0.1), t: '2024-01-01T01:00:00.000Z' });
      expect(JSON.parse(text('spec.json'))).toMatchObject({
        mark: 'line',
        datasets: { dataset: rows },
      });
    },
    PATIENCE,
  );

  it(
    'gives the same picture twice, whatever is random in it',
    async () => {
      const spec = {
        transform: [{ calculate: 'random()', as: 'r' }],
        mark: 'point',
        encoding: {
          x: { field: 'a', type: 'quantitative' },
          y: { field: 'r', type: 'quantitative' },
        },
      };
      const [one, two] = [await draw(spec), await draw(spec)];
      expect(one.png.equals(two.png)).toBe(true);
    },
    PATIENCE,
  );

  it('is refused above 50,000 rows, not sampled', async () => {
    const drawn = draw({ mark: 'point' }, {}, 'SELECT i AS a FROM range(50001) r(i)');
    await expect(drawn).rejects.toMatchObject({ code: 'too-many-rows' });
    await expect(drawn).rejects.toThrow('50001 rows');
  });
});

describe('the process that draws it', () => {
  it(
    'reads no file and fetches no address, even past the checks',
    async () => {
      const asked: (string | undefined)[] = [];
      const server = createServer((request, response) => {
        asked.push(request.url);
        response.end('[{"a": 1}]');
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const address = `http://127.0.0.1:${String(port)}/x.json`;
      for (const url of [address, 'file:///etc/hostname', '/etc/hostname']) {
        const spec = {
          data: { url, format: { type: 'csv' } },
          mark: 'text',
          encoding: { text: { field: 'a' } },
        };
        const outcome = await attack(spec).then(({ svg }) => svg, String);
        expect(outcome).not.toContain('localhost');
      }
      const image = { mark: { type: 'image', url: address, width: 9, height: 9 }, encoding: { x } };
      await attack(image).catch(() => undefined);
      server.close();
      expect(asked).toEqual([]);
    },
    4 * PATIENCE,
  );

  it.each([
    ['a call of a constructor', "datum['constructor']['constructor']('return process')()"],
    ['a method', 'datum.a.toString()'],
    ['a global', 'process.env'],
  ])(
    'compiles no text to code: %s',
    async (_, expression) => {
      const outcome = await attack(calculate(expression)).then(({ svg }) => svg, String);
      expect(outcome).not.toContain('PATH');
      expect(outcome).toMatch(/could not be drawn|undefined|<svg/);
    },
    PATIENCE,
  );

  it(
    'hands out no function of the language',
    async () => {
      const shown = calculate("'' + datum['constructor']['constructor']");
      const outcome = await attack(shown).then(({ svg }) => svg, String);
      expect(outcome).not.toContain('native code');
    },
    PATIENCE,
  );

  it.each([
    ['a long sequence', 'length(sequence(1e9))', 'sequence() may have at most'],
    ['a long text', "length(pad('x', 1e9, 'y'))", 'pad() may fill'],
  ])(
    'refuses %s in an expression',
    async (_, expression, expected) => {
      await expect(attack(calculate(expression))).rejects.toThrow(expected);
    },
    PATIENCE,
  );

  it(
    'refuses a picture that is too large before it has a canvas',
    async () => {
      const spec = {
        width: { step: 20_000 },
        mark: 'point',
        encoding: { x: { field: 'a', type: 'nominal' }, y: x },
      };
      await expect(attack({ ...spec, height: 4_000 })).rejects.toThrow(
        /40\d{3} x 4\d{3} CSS pixels/,
      );
    },
    PATIENCE,
  );

  it(
    'is killed when its time is over',
    async () => {
      const endless = calculate(
        "test(/^(a+)+$/, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')",
      );
      await expect(attack(endless, { seconds: 3, memoryMb: 700 })).rejects.toMatchObject({
        code: 'job-timeout',
      });
    },
    PATIENCE,
  );

  it(
    'is killed when it takes too much memory',
    async () => {
      const ticks = {
        mark: 'point',
        encoding: { x: { ...x, axis: { tickCount: { expr: '1e9' } } } },
      };
      await expect(attack(ticks, { seconds: 50, memoryMb: 400 })).rejects.toMatchObject({
        code: 'out-of-memory',
      });
    },
    PATIENCE,
  );
});
