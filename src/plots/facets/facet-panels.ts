import type { Look, Picture } from '../picture.js';
import type { Panels } from '../panels/draw-panels.js';
import type { Faceted } from './facet-query.js';
import { sharedAxes } from './shared-axes.js';
import { sharedPoints, sharedSeries } from './shared-channels.js';

/** Small multiples: a panel for each value of a column, which can be compared, with one legend for all. */
export function facetPanels(
  { facets, notes }: Pick<Faceted<unknown>, 'facets' | 'notes'>,
  pictures: readonly Picture[],
  look: Look,
): Panels {
  const columns = pictures.length <= 3 ? pictures.length : Math.ceil(Math.sqrt(pictures.length));
  const rows = Math.ceil(pictures.length / columns);
  const legendAt = look.legend === 'bottom' ? (rows - 1) * columns : columns - 1;
  const panels = sharedAxes(withSharedChannels(pictures)).map((picture, i) => {
    // Axes have their titles at the outer sides only.
    const untitled = { x: i + columns < pictures.length, y: i % columns > 0 };
    const own = { ...look, title: facets.names[i] ?? '', legend: look.legend, untitled };
    return { ...picture, look: { ...own, ...legendOnly(i === legendAt) } };
  });
  return { look, pictures: panels, columns, alike: true, notes, legendAt };
}

const legendOnly = (shown: boolean): Partial<Look> => (shown ? {} : { legend: 'none' });

function withSharedChannels(pictures: readonly Picture[]): Picture[] {
  const points = sharedPoints(pictures.flatMap((one) => ('points' in one ? [one.points] : [])));
  const series = sharedSeries(pictures.flatMap((one) => ('series' in one ? [one.series] : [])));
  return pictures.map((picture, i) => {
    switch (picture.kind) {
      case 'line':
        return { ...picture, series: series[i] ?? picture.series };
      case 'scatter':
      case 'map':
        return { ...picture, points: points[i] ?? picture.points };
      default:
        return picture;
    }
  });
}
