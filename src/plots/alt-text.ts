import type { Look, Picture } from './picture.js';
import type { Layer, Plan } from './plan.js';

const KINDS: Readonly<Record<Picture['kind'], string>> = {
  line: 'Line plot',
  scatter: 'Scatter plot',
  histogram: 'Histogram',
  map: 'Map',
  bar: 'Bar chart',
  box: 'Box plot',
  heatmap: 'Heatmap',
  density: 'Density plot',
};

export interface Shown {
  /** None: the frame of several. */
  readonly kind?: Picture['kind'];
  readonly look: Look;
  readonly plan: Plan;
  readonly footer: string;
}

/**
 * The picture in words, for those who do not see it: kind, title, what stands on the axes and what colour and size
 * mean, how many rows are shown, and where the data come from.
 */
export function altTextOf({ kind, look, plan, footer }: Shown): string {
  const { title, subtitle } = look;
  const meanings = [...meaningsOf(plan.layers)].map(([channel, label]) => `${channel}: ${label}`);
  const what = kind === undefined ? '' : KINDS[kind];
  const parts = [
    what,
    title,
    subtitle ?? '',
    meanings.join(', '),
    (plan.words ?? []).join(', '),
    plan.notes.join('; '),
    footer,
  ];
  return parts
    .map((part) => part.trim().replace(/\.$/, ''))
    .filter((part) => part !== '')
    .map((part) => `${part}.`)
    .join(' ');
}

const NAMES = { x: 'x axis', y: 'y axis', color: 'colour', size: 'size' } as const;

/** The title of each channel, from the first layer that has one. */
function meaningsOf(layers: readonly Layer[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [channel, name] of Object.entries(NAMES)) {
    for (const layer of layers) {
      const label = labelOf((layer['encoding'] as Layer | undefined)?.[channel]);
      if (label === '' || found.has(name)) continue;
      found.set(name, label);
    }
  }
  return found;
}

function labelOf(definition: unknown): string {
  if (typeof definition !== 'object' || definition === null) return '';
  const { title, condition } = definition as Layer;
  if (typeof title === 'string') return title;
  return condition === undefined ? '' : labelOf(condition);
}
