import type { Layer } from '../plan.js';

type Spec = Readonly<Record<string, unknown>>;

/** One Vega-Lite specification of all panels; each has its data and sizes in it, for names are global. */
export function concatSpec(panels: readonly Spec[], columns: number, title: string): Layer {
  const [first] = panels;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    columns,
    ...(first === undefined ? {} : { config: first['config'] }),
    concat: panels.map(inlined),
    resolve: { scale: { color: 'independent', size: 'independent' } },
  };
}

/** Without what only a whole specification may have; names of data and of parameters become their values. */
function inlined(spec: Spec): Layer {
  const { datasets, params, ...rest } = spec;
  for (const name of ['$schema', 'config', 'padding', 'autosize'])
    Reflect.deleteProperty(rest, name);
  const rows = datasets as Readonly<Record<string, unknown>>;
  const values = new Map(
    (params as { name: string; value: unknown }[]).map(({ name, value }) => [name, value]),
  );
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    const { expr, name } = part as { expr?: unknown; name?: unknown };
    if (typeof expr === 'string' && values.has(expr)) return values.get(expr);
    if (typeof name === 'string' && Object.keys(part).length === 1 && Object.hasOwn(rows, name)) {
      return { values: rows[name] };
    }
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, walk(value)]));
  };
  return walk(rest) as Layer;
}
