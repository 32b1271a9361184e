import sharp from 'sharp';

import type { Results } from '../../analyses/analysis.js';
import { jsonResult } from '../../analyses/results.js';
import { pngResult, svgResult } from '../described.js';
import { drawPlan } from '../draw-plan.js';
import type { PlotTask } from '../draw-plot.js';
import { footerOf } from '../footer.js';
import type { Look, Picture } from '../picture.js';
import type { Layout, Plan } from '../plan.js';
import { planOf } from '../plan-of.js';
import { typographyOf } from '../typography.js';
import { aligned, type Insets } from './align.js';
import { concatSpec } from './concat-spec.js';
import { nested } from './nested-svg.js';

export interface Panels {
  /** The look of the whole: its size, title and theme. */
  readonly look: Look;
  readonly pictures: readonly Picture[];
  readonly columns: number;
}

interface Cell {
  readonly picture: Picture;
  readonly look: Look;
  readonly left: number;
  readonly top: number;
}

/**
 * Draws pictures in rows and columns. Each is laid out once to be measured; margins are then made equal along
 * rows and columns, so that the plot areas are aligned.
 */
export async function drawPanels(panels: Panels, task: PlotTask): Promise<Results> {
  const { look, columns } = panels;
  const footer = footerOf(task.dataset);
  const frame: Plan = { layers: [], notes: [], empty: false, room: 0, fill: () => BLANK };
  const base = await measured(look, frame, footer);
  const cells = placed(panels, base);
  const margins: Insets[] = [];
  for (const { look: own, picture } of cells) {
    margins.push(marginsOf(own, await measured(own, planOf(picture), '')));
  }
  task.progress(0.3);
  const insets = aligned(margins, columns);
  const whole = await drawPlan({ look, plan: frame, footer, progress: () => undefined });
  const drawn: Results[] = [];
  for (const [i, { look: own, picture }] of cells.entries()) {
    const inset = insets[i];
    const cell = { ...own, ...(inset === undefined ? {} : { inset }) };
    const plan = planOf(picture);
    drawn.push(
      await drawPlan({
        kind: picture.kind,
        look: cell,
        plan,
        footer: '',
        progress: () => undefined,
      }),
    );
    task.progress(0.3 + (0.6 * (i + 1)) / cells.length);
  }
  return composed(panels, cells, whole, drawn);
}

const BLANK = { data: {}, summary: null };

/** The place of the plot area, without drawing anything. */
async function measured(look: Look, plan: Plan, footer: string): Promise<Layout> {
  let seen: Layout | undefined;
  const watched: Plan = {
    ...plan,
    fill: (layout) => {
      seen = layout;
      return plan.fill(layout);
    },
  };
  await drawPlan({ look, plan: watched, footer, wanted: [], progress: () => undefined });
  if (seen === undefined) throw new Error('the frame was not laid out');
  return seen;
}

/** The cells below the title of the whole, in whole pixels. */
function placed({ look, pictures, columns }: Panels, base: Layout): Cell[] {
  const { padding, footed, foot } = typographyOf(look);
  const gap = Math.round(padding / 2);
  const rows = Math.ceil(pictures.length / columns);
  const top = Math.round(base.top) - gap;
  const bottom = footed ? foot + gap : 0;
  const width = Math.floor((look.width - 2 * gap) / columns);
  const height = Math.floor((look.height - top - bottom - gap) / rows);
  return pictures.map((picture, i) => ({
    picture,
    look: { ...picture.look, width, height, scale: look.scale, theme: look.theme, panel: true },
    left: gap + (i % columns) * width,
    top: top + Math.floor(i / columns) * height,
  }));
}

const marginsOf = ({ width, height }: Look, layout: Layout): Insets => ({
  left: layout.left,
  top: layout.top,
  right: width - layout.left - layout.width,
  bottom: height - layout.top - layout.height,
});

async function composed(
  { look, columns }: Panels,
  cells: readonly Cell[],
  whole: Results,
  drawn: readonly Results[],
): Promise<Results> {
  const bytes = (results: Results | undefined, name: string): Buffer =>
    Buffer.from(results?.[name]?.bytes ?? []);
  const json = (results: Results | undefined, name: string): unknown =>
    JSON.parse(bytes(results, name).toString());
  const layers = cells.map(({ left, top }, i) => ({
    input: bytes(drawn[i], 'plot.png'),
    left: Math.round(left * look.scale),
    top: Math.round(top * look.scale),
  }));
  const png = await sharp(bytes(whole, 'plot.png'))
    .composite(layers)
    .removeAlpha()
    .png({ compressionLevel: 3 })
    .toBuffer();
  const svgs = cells.map(({ left, top }, i) => ({
    left,
    top,
    svg: bytes(drawn[i], 'plot.svg').toString(),
  }));
  const words = [
    whole['plot.png']?.description ?? '',
    ...drawn.map((one, i) => `Panel ${String(i + 1)}: ${one['plot.png']?.description ?? ''}`),
  ].join(' ');
  return {
    'plot.png': pngResult(new Uint8Array(png), words),
    'plot.svg': svgResult(nested(bytes(whole, 'plot.svg').toString(), svgs), look.title, words),
    'spec.json': jsonResult(
      concatSpec(
        cells.map((_, i) => json(drawn[i], 'spec.json') as Record<string, unknown>),
        columns,
        look.title,
      ),
    ),
    'data.json': jsonResult(cells.map((_, i) => json(drawn[i], 'data.json'))),
  };
}
