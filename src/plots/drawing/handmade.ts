import type { Marks, StyledPath } from '../marks.js';
import { vega } from '../vega.js';
import { pathText, trace, type Pen } from './path.js';
import { placeOf, type SceneItem } from './scene-graph.js';

/** Larger than any picture: Vega draws what meets the bounds of its view. */
const everywhere = new vega.Bounds().set(-1e6, -1e6, 1e6, 1e6);

/** Puts marks of ours in the place of those of a layer. The view must not run again afterwards. */
export function putMarks(view: vega.View, layer: string, marks: Marks): void {
  const { group, index } = placeOf(view, layer);
  const mark: SceneItem = {
    name: layer,
    marktype: marks.kind === 'paths' ? 'shape' : 'symbol',
    role: 'mark',
    interactive: false,
    aria: false,
    clip: marks.clip,
    group,
    bounds: everywhere,
  };
  mark.items =
    marks.kind === 'paths'
      ? marks.paths.map((path) => ({ ...styled(path), mark, bounds: everywhere }))
      : marks.symbols.map((symbol) => ({ ...symbol, mark, bounds: everywhere }));
  group.items[index] = mark;
}

/** Vega asks a shape for its path: on a canvas, or as text for an SVG. */
const styled = ({ path, ...style }: StyledPath): SceneItem => ({
  ...style,
  shape: {
    context: (pen: Pen | null) => () => {
      if (pen === null) return pathText(path);
      trace(path, pen);
      return undefined;
    },
  },
});
