import type { Layer, Plan } from '../plan.js';

/**
 * The specification that Vega draws: the published one without the data of handmade layers, of which only the
 * place and the scales are needed. Where all positions on a map are ours it needs no projection either.
 */
export function drawnSpec(spec: Layer, { handmade = [] }: Plan): Layer {
  if (handmade.length === 0) return spec;
  const names = new Set(handmade);
  const layers = (spec['layer'] as Layer[]).map((layer) =>
    names.has(String(layer['name'])) ? placeholder(layer) : layer,
  );
  return { ...without(spec, 'projection'), layer: layers };
}

function placeholder({ name, mark, encoding }: Layer): Layer {
  const data = { values: [] };
  if (encoding === undefined) return { name, data, mark: 'rect' };
  return { name, data, mark, encoding: without(encoding as Layer, 'longitude', 'latitude') };
}

const without = (layer: Layer, ...names: string[]): Layer =>
  Object.fromEntries(Object.entries(layer).filter(([name]) => !names.includes(name)));
