import { placeLabels, MOST_LABELS } from './labels.js';
import type { Layout, Plan } from './plan.js';
import type { PointsRequest } from './points-request.js';
import { sizeOf } from './size.js';
import type { PlacedText } from './texts.js';
import { typographyOf } from './typography.js';

/** Points with their labels drawn over them, or a note why there are none. */
export function withLabels(request: PointsRequest): PointsRequest {
  const { points, chosen, left, over } = request;
  if (points.labels === undefined || chosen.length === 0) return request;
  if (chosen.length > MOST_LABELS || points.style === 'density') {
    const note = `no labels, which are for at most ${String(MOST_LABELS)} points`;
    return { ...request, left: [...left, note] };
  }
  return {
    ...request,
    over: {
      layers: over?.layers ?? [],
      rows: over?.rows ?? {},
      words: over?.words ?? [],
      inside: true,
      texts: (layout) => [...(over?.texts(layout) ?? []), ...labels(request, layout)],
    },
  };
}

/** The plan that says so where some labels have no room, which is seen when the frame is laid out. */
export function saidOf(plan: Plan, request: PointsRequest): Plan {
  const { points, chosen } = request;
  const { labels: wanted } = points;
  if (wanted === undefined || request.over === undefined) return plan;
  const all = chosen.reduce((sum, row) => sum + ((wanted.codes[row] ?? -1) === -1 ? 0 : 1), 0);
  const notes = [...plan.notes, 'labels only where there is room'];
  const measured = (layout: Layout): Plan =>
    labels(request, layout).length < all ? { ...plan, notes } : plan;
  return { ...plan, measured };
}

function labels(request: PointsRequest, layout: Layout): PlacedText[] {
  const { points, chosen, look } = request;
  const { codes, dictionary } = points.labels ?? { codes: new Int32Array(0), dictionary: [] };
  const areas = sizeOf(points.size, chosen, look).areas();
  const texts = Array.from(chosen, (row) => dictionary[codes[row] ?? -1] ?? null);
  const radii = texts.map((_, i) => {
    const area = typeof areas === 'number' ? areas : (areas[i] ?? 0);
    return Math.sqrt(area) / 2;
  });
  const labelled = { ...request.places(layout), texts, radii };
  return placeLabels(labelled, layout, typographyOf(look).label);
}
