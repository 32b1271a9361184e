import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { feature } from 'topojson-client';

import { figures } from '../measure/statistics.mjs';
import { CASES, columnsOf } from './cases.mjs';
import { Drawer } from './drawer.mjs';

const PYTHON = '/usr/bin/python3';
const VARIANTS = 3;
const WARM_UP = 6;
const MB = 2 ** 20;

/**
 * Processor time from columns to a PNG of 1920 x 1080 pixels, beside matplotlib, both warm: drawn from nothing,
 * and drawn again with other data. Each case has processes of its own, so that their memory is its own.
 */
export async function* benchPlots({ rows, repetitions, only }) {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const version = matplotlibVersion();
  try {
    const results = [];
    const land = join(folder, 'land.json');
    writeFileSync(land, JSON.stringify(rings()));
    for (const one of CASES.filter(({ name }) => name.includes(only))) {
      const points = Math.min(one.points, rows ?? Infinity);
      const requests = requestsOf({ ...one, points }, folder, land);
      results.push(...(await measure(one, requests, repetitions, version !== null)));
    }
    const beside = version ?? 'nothing: matplotlib is absent (Debian: python3-matplotlib)';
    yield { title: 'plots', table: `generated columns, beside ${beside}`, results };
  } finally {
    remove();
    process.removeListener('exit', remove);
  }
}

function matplotlibVersion() {
  try {
    const script = 'import matplotlib; print("matplotlib", matplotlib.__version__)';
    return execFileSync(PYTHON, ['-c', script], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return null;
  }
}

/** The outlines of the land that our maps show, in degrees. */
function rings() {
  const file = createRequire(import.meta.url).resolve('world-atlas/land-110m.json');
  const atlas = JSON.parse(readFileSync(file, 'utf8'));
  return feature(atlas, atlas.objects.land).features.flatMap(({ geometry }) =>
    geometry.coordinates.flatMap((polygon) => polygon),
  );
}

/** A request for each variant of the data, which stand in files. */
function requestsOf(one, folder, land) {
  return Array.from({ length: VARIANTS }, (_, variant) => {
    const files = Object.entries(columnsOf(one, variant)).map(([name, values]) => {
      const file = join(folder, `${one.kind}-${one.points}-${variant}-${name}`);
      writeFileSync(file, Buffer.from(values.buffer));
      return [name, file];
    });
    const { kind, points } = one;
    return {
      kind,
      points,
      files: { ...Object.fromEntries(files), ...(kind === 'map' ? { land } : {}) },
    };
  });
}

async function measure({ name, target }, requests, repetitions, beside) {
  const here = (file) => fileURLToPath(new URL(file, import.meta.url));
  const ours = new Drawer(process.execPath, [here('draw-almanac.mjs')]);
  const other = beside ? new Drawer(PYTHON, [here('draw_matplotlib.py')]) : null;
  const seen = { nothing: [], again: [], other: [] };
  try {
    for (let round = -WARM_UP; round < repetitions; round++) {
      const request = requests[(round + WARM_UP) % VARIANTS];
      const keep = (list, one) => (round < 0 ? undefined : list.push(one));
      keep(seen.nothing, await ours.draw({ ...request, fresh: true }));
      const next = requests[(round + WARM_UP + 1) % VARIANTS];
      keep(seen.again, await ours.draw(next));
      if (other !== null) keep(seen.other, await other.draw(request));
    }
  } finally {
    await ours.close();
    await other?.close();
  }
  return lines(name, target, seen);
}

function lines(name, target, { nothing, again, other }) {
  const of = (list, value) => figures(list.map(value));
  const compared = other.length > 0;
  const line = (what, list, value, more) => ({
    what: `${name}: ${what}`,
    ours: of(list, value),
    ...(compared ? { against: 'matplotlib', other: of(other, value), ...more } : {}),
  });
  return [
    line('from nothing', nothing, ({ cpu }) => cpu, { target: { atLeast: target.nothing } }),
    line('again, other data', again, ({ cpu }) => cpu, { target: { atLeast: target.again } }),
    line('highest memory', again, ({ memory }) => memory, {
      compare: 'extra',
      target: { atMost: 150 },
    }),
    line('size of the PNG', nothing, ({ bytes }) => bytes / MB, {
      compare: 'share',
      target: { atMost: 2 },
    }),
  ].map((result, i) => ({ ...result, unit: i < 2 ? 'ms' : 'MB' }));
}
