import type { Canvas } from 'canvas';
import { expressionInterpreter } from 'vega-interpreter';

import { registerFonts } from '../../plots/fonts.js';
import { categoryColors, continuousScheme, singleColor } from '../../plots/palettes.js';
import type { Look } from '../../plots/picture.js';
import { pixelsOf } from '../../plots/drawing/surface.js';
import { encodePng } from '../../plots/png/encode-png.js';
import { configOf, themes } from '../../plots/theme.js';
import { compile, vega } from '../../plots/vega.js';
import { capExpressions } from './cap-expressions.js';
import type { DrawnSpec, SpecDrawing } from './drawing.js';
import { DATA_NAME } from './forbidden.js';
import { refuse } from './spec-walk.js';

const MOST_PIXELS = 25_000_000;
const SEED = 42;
const MOST_WARNINGS = 20;
/** What Vega has and its types lack. */
const seeded = vega as unknown as {
  setRandom(random: unknown): void;
  randomLCG(seed: number): unknown;
};

/** What is loaded never comes; only the sanitizing of an address must not fail, since clips ask for it. */
const nothing = (): Promise<never> => Promise.reject(new Error('a specification loads nothing'));
const loader = {
  load: nothing,
  http: nothing,
  file: nothing,
  sanitize: () => Promise.resolve({ href: '#' }),
  options: {},
} as unknown as ReturnType<typeof vega.loader>;

/**
 * Draws a specification of a user. Expressions are interpreted from their syntax tree: no text of a user
 * is ever compiled to code.
 * @throws Problem for what the specification asks for and cannot have; an Error of Vega for its other faults
 */
export async function drawSpec(drawing: SpecDrawing): Promise<DrawnSpec> {
  registerFonts();
  capExpressions();
  seeded.setRandom(seeded.randomLCG(SEED));
  vega.resetSVGDefIds();
  const { logger, warnings, check } = heard();
  const spec = complete(drawing);
  const compiled = compile(spec as never, { logger });
  const runtime = vega.parse(compiled.spec, undefined, { ast: true });
  const view = new vega.View(runtime, {
    renderer: 'none',
    loader,
    logger,
    expr: expressionInterpreter,
  } as never);
  view.data(DATA_NAME, JSON.parse(drawing.rows) as object[]);
  await view.runAsync();
  check();
  checkSize(view, drawing.scale);
  const svg = await view.toSVG();
  if (/="[^"]*url\((?!#)/i.test(svg)) refuse('params.spec', 'url(...) leads out of the picture');
  const canvas = (await view.toCanvas(drawing.scale)) as unknown as Canvas;
  const png = encodePng(pixelsOf(canvas), { opaque: true });
  view.finalize();
  return { png, svg, spec: published(spec, drawing.rows), description: inWords(spec), warnings };
}

/** Vega tells its logger of a fault and goes on with an empty picture; here it is thrown. */
function heard() {
  const warnings: string[] = [];
  const faults: unknown[] = [];
  const logger = vega.logger(vega.Warn);
  logger.error = (...all: readonly unknown[]) => {
    faults.push(...all);
    return logger;
  };
  logger.warn = (...all: readonly unknown[]) => {
    if (warnings.length < MOST_WARNINGS) warnings.push(all.map(String).join(' '));
    return logger;
  };
  const check = (): void => {
    const [fault] = faults;
    if (fault !== undefined)
      throw fault instanceof Error ? fault : new Error(JSON.stringify(fault));
  };
  return { logger, warnings, check };
}

/** Data, size and look where the specification leaves them open. */
function complete(drawing: SpecDrawing): Record<string, unknown> {
  const { spec, theme, title, subtitle } = drawing;
  const { usermeta: _usermeta, config, ...rest } = spec;
  const single = isSingle(spec);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    data: { name: DATA_NAME },
    padding: 16,
    ...(single
      ? {
          width: drawing.width,
          height: drawing.height,
          // A given size is that of the plot area, as Vega-Lite has it.
          ...(Object.hasOwn(spec, 'width') || Object.hasOwn(spec, 'height')
            ? {}
            : { autosize: { type: 'fit', contains: 'padding' } }),
        }
      : {}),
    ...rest,
    ...(title === undefined && subtitle === undefined
      ? {}
      : {
          title: { text: title ?? titleOf(spec), ...(subtitle === undefined ? {} : { subtitle }) },
        }),
    config: vega.mergeConfig(themed(drawing, theme), config ?? {}),
  };
}

/** One view, and not small multiples, whose size is that of each. */
function isSingle(spec: SpecDrawing['spec']): boolean {
  const encoding = spec['encoding'] ?? {};
  const facets = ['row', 'column', 'facet'].some((one) => Object.hasOwn(encoding, one));
  return !facets && ['mark', 'layer'].some((form) => Object.hasOwn(spec, form));
}

function titleOf({ title }: SpecDrawing['spec']): unknown {
  if (typeof title !== 'object' || title === null || Array.isArray(title)) return title ?? '';
  return (title as { text?: unknown }).text ?? '';
}

function inWords(spec: SpecDrawing['spec']): string {
  const { description } = spec;
  if (typeof description === 'string') return description;
  const title = titleOf(spec);
  return typeof title === 'string' ? title : '';
}

function themed({ width, height, scale }: SpecDrawing, name: Look['theme']): object {
  const theme = themes[name];
  const look: Look = { title: '', theme: name, legend: 'right', width, height, scale };
  const { scheme, ...part } = { scheme: continuousScheme(theme).name, ...continuousScheme(theme) };
  const config = configOf(look) as Record<'axis' | 'legend', object>;
  return {
    ...config,
    axis: { ...config.axis, labelFlush: false },
    legend: { ...config.legend, symbolStrokeWidth: 1.7 },
    mark: { color: singleColor(theme) },
    text: { color: theme.text },
    rule: { color: theme.quiet },
    header: { labelColor: theme.quiet, titleColor: theme.text },
    range: {
      category: categoryColors(8, theme),
      ramp: { scheme, extent: part.extent },
      heatmap: { scheme, extent: part.extent },
      ordinal: { scheme, extent: part.extent },
    },
  };
}

/** @throws Problem where the picture would be too large, before there is a canvas for it */
function checkSize(view: vega.View, scale: number): void {
  const { _viewWidth, _viewHeight } = view as unknown as Record<string, number>;
  const { left, right, top, bottom } = view.padding() as Record<string, number> as {
    left: number;
    right: number;
    top: number;
    bottom: number;
  };
  const width = (_viewWidth ?? 0) + left + right;
  const height = (_viewHeight ?? 0) + top + bottom;
  const pixels = width * height * scale * scale;
  if (pixels > 0 && pixels <= MOST_PIXELS) return;
  refuse(
    'params.spec',
    `the picture would have ${String(Math.round(width))} x ${String(Math.round(height))} CSS pixels; width x height x scale x scale must be at most ${String(MOST_PIXELS)}`,
  );
}

const published = (spec: Record<string, unknown>, rows: string): string =>
  `${JSON.stringify(spec).slice(0, -1)},"datasets":{"${DATA_NAME}":${rows}}}`;
