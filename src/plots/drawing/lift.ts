import type { Layer } from '../plan.js';

/**
 * A specification in which everything that changes with the data alone is a signal: domains, ticks and their
 * labels, the lines of the title. Pictures of one kind then share one compiled frame.
 */
export interface Lifted {
  readonly template: Layer;
  /** Values of the signals, by name. */
  readonly signals: Readonly<Record<string, unknown>>;
}

/** The label table that `labelling` of axis.ts writes. */
const LABEL_TABLE = /^\((\{.*\})\)\[datum\.value\]$/s;

export function lift(spec: Layer): Lifted {
  const signals: Record<string, unknown> = {};
  const signal = (value: unknown): string => {
    const name = `lifted${Object.keys(signals).length}`;
    signals[name] = value;
    return name;
  };
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [
        key,
        key === 'data' || key === 'config' ? value : (lifted(key, value, signal) ?? walk(value)),
      ]),
    );
  };
  const template = walk(spec) as Record<string, unknown>;
  const params = (template['params'] as unknown[] | undefined) ?? [];
  const lifts = Object.keys(signals).map((name) => ({ name, value: null }));
  return { template: { ...template, params: [...params, ...lifts] }, signals };
}

/** What stands in place of a part that changes with the data, or undefined for any other part. */
function lifted(key: string, value: unknown, signal: (value: unknown) => string): unknown {
  if (key === 'scale') return liftedScale(value, signal);
  if (key === 'title' && isTitle(value)) {
    const { subtitle, offset } = value;
    const more = {
      ...(subtitle === undefined ? {} : { subtitle: { expr: signal(subtitle) } }),
      ...(offset === undefined ? {} : { offset: { expr: signal(offset) } }),
    };
    return { ...value, text: { expr: signal(value.text) }, ...more };
  }
  if ((key === 'axis' || key === 'legend') && isLabelled(value)) {
    const table: unknown = JSON.parse(LABEL_TABLE.exec(value.labelExpr)?.[1] ?? '{}');
    const labelExpr = `${signal(table)}[datum.value]`;
    return { ...value, values: { expr: signal(value.values) }, labelExpr };
  }
  return undefined;
}

function liftedScale(value: unknown, signal: (value: unknown) => string): unknown {
  if (typeof value !== 'object' || value === null || !('domain' in value)) return undefined;
  const { domain } = value;
  // Two numbers: the ends of a continuous scale. Categories stay, for there are as many colours.
  if (!Array.isArray(domain) || domain.length !== 2 || !domain.every(Number.isFinite)) {
    return undefined;
  }
  return { ...value, domain: { expr: signal(domain) } };
}

const isTitle = (
  value: unknown,
): value is { text: unknown; subtitle?: unknown; offset?: unknown } =>
  typeof value === 'object' && value !== null && 'text' in value;

const isLabelled = (value: unknown): value is { values: unknown; labelExpr: string } =>
  typeof value === 'object' &&
  value !== null &&
  'values' in value &&
  'labelExpr' in value &&
  LABEL_TABLE.test(String(value.labelExpr));
