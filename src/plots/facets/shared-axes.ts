import type { AxisRequest, Picture } from '../picture.js';
import type { Layer } from '../plan.js';
import { planOf } from '../plan-of.js';
import type { Domain } from '../ticks.js';

/** The same pictures with axes that hold all of them. */
export function sharedAxes(pictures: readonly Picture[]): Picture[] {
  const domains = pictures.map(domainsOf);
  const x = union(domains.map((one) => one.x));
  const y = union(domains.map((one) => one.y));
  return pictures.map((picture) => {
    switch (picture.kind) {
      case 'line':
      case 'scatter':
      case 'histogram':
        return { ...picture, x: between(picture.x, x), y: between(picture.y, y) };
      case 'bar':
      case 'box':
        return { ...picture, value: between(picture.value, x ?? y) };
      default:
        return picture;
    }
  });
}

const between = (axis: AxisRequest, domain: Domain | null): AxisRequest =>
  domain === null ? axis : { ...axis, min: domain[0], max: domain[1] };

interface Domains {
  readonly x: Domain | null;
  readonly y: Domain | null;
}

function domainsOf(picture: Picture): Domains {
  const { layers, empty } = planOf(picture);
  if (empty) return { x: null, y: null };
  return { x: domainOf(layers, 'x'), y: domainOf(layers, 'y') };
}

/** The ends of a continuous axis. */
function domainOf(layers: readonly Layer[], channel: 'x' | 'y'): Domain | null {
  for (const { encoding } of layers) {
    const position = (encoding as Layer | undefined)?.[channel] as Layer | undefined;
    const domain = (position?.['scale'] as Layer | undefined)?.['domain'];
    if (!Array.isArray(domain) || domain.length !== 2 || !domain.every(Number.isFinite)) continue;
    return domain as unknown as Domain;
  }
  return null;
}

function union(domains: readonly (Domain | null)[]): Domain | null {
  const known = domains.filter((domain) => domain !== null);
  if (known.length === 0) return null;
  return [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))];
}
