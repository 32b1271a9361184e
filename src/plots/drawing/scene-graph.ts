import type { vega } from '../vega.js';

/** An item or a mark of a Vega scene graph, as far as it is used here. */
export interface SceneItem {
  name?: string;
  items?: SceneItem[];
  [property: string]: unknown;
}

/** Where the marks of a layer stand: the group that holds them, and their index in it. */
export interface Place {
  readonly group: SceneItem & { items: SceneItem[] };
  readonly index: number;
}

/** @throws Error where the layer is not in the scene */
export function placeOf(view: vega.View, layer: string): Place {
  const { root } = view.scenegraph() as unknown as { root: SceneItem };
  const found = search(root, new Set([`${layer}_marks`, `${layer}_pathgroup`]));
  if (found === undefined) throw new Error(`the frame has no layer ${layer}`);
  return found;
}

function search(item: SceneItem, names: ReadonlySet<string>): Place | undefined {
  const { items } = item;
  if (items === undefined) return undefined;
  for (const [index, child] of items.entries()) {
    if (child.name !== undefined && names.has(child.name)) {
      return { group: item as Place['group'], index };
    }
    const found = search(child, names);
    if (found !== undefined) return found;
  }
  return undefined;
}
