/**
 * Round numbers for axes, colour bars and bins: steps of 1, 2 or 5 times a power of ten, and labels
 * that people read. Vega is given these values and labels instead of choosing its own.
 */
export type Domain = readonly [number, number];

export interface Ticks {
  readonly values: readonly number[];
  readonly labels: readonly string[];
}

/** Removes what binary fractions add: 3 * 0.1 is 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(15));

/** How many steps; a hair's breadth from a whole number is that number. */
function stepsIn(value: number, step: number): number {
  const quotient = value / step;
  const whole = Math.round(quotient);
  const hair = Math.max(1e-9, 4 * Number.EPSILON * Math.abs(quotient));
  return Math.abs(quotient - whole) <= hair ? whole : quotient;
}

/** The round step which divides a span into about `count` parts. */
export function roundStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const error = rough / power;
  const factor = error >= 7.07 ? 10 : error >= 3.16 ? 5 : error >= 1.41 ? 2 : 1;
  return tidy(factor * power);
}

/** The domain widened to whole steps. */
export function roundDomain([low, high]: Domain, count: number): Domain {
  const step = roundStep(high - low, count);
  return [tidy(Math.floor(stepsIn(low, step)) * step), tidy(Math.ceil(stepsIn(high, step)) * step)];
}

/** The domain widened to whole decades, or to 1, 2, 5 where it spans less than three. */
export function roundLogDomain([low, high]: Domain): Domain {
  const decades = Math.log10(high / low) >= 3 ? [1, 10] : [1, 2, 5, 10];
  const lower = 10 ** Math.floor(Math.log10(low));
  const upper = 10 ** Math.floor(Math.log10(high));
  const below = decades.map((factor) => tidy(factor * lower)).filter((value) => value <= low);
  const above = decades.map((factor) => tidy(factor * upper)).find((value) => value >= high);
  return [below.at(-1) ?? lower, above ?? upper * 10];
}

/** Multiples of a step inside the domain. */
export function steps([low, high]: Domain, step: number): number[] {
  const values: number[] = [];
  const last = Math.floor(stepsIn(high, step));
  for (let i = Math.ceil(stepsIn(low, step)); i <= last; i += 1) values.push(tidy(i * step));
  return values;
}

export function linearTicks(domain: Domain, count: number): Ticks {
  const step = roundStep(domain[1] - domain[0], count);
  const values = steps(domain, step);
  const largest = Math.max(...domain.map(Math.abs));
  return { values, labels: values.map((value) => label(value, step, largest)) };
}

/** Decades; with 2 and 5 between them where there are few, thinned out where there are many. */
export function logTicks(domain: Domain, count: number): Ticks {
  const [first, last] = [Math.log10(domain[0]), Math.log10(domain[1])];
  const decades = Math.floor(last + 1e-9) - Math.ceil(first - 1e-9);
  if (last - first < 0.7) return linearTicks(domain, count);
  const factors = decades < 2 ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil((decades + 1) / count));
  const values: number[] = [];
  for (let power = Math.floor(first); power <= last; power += 1) {
    if (power % stride !== 0) continue;
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`);
      if (value >= domain[0] * (1 - 1e-9) && value <= domain[1] * (1 + 1e-9)) values.push(value);
    }
  }
  const plain = values.every((value) => value >= 1e-3 && value < 1e6);
  const text = (value: number): string =>
    plain ? label(value, value, Math.max(...values)) : scientific(value);
  return { values, labels: values.map(text) };
}

function label(value: number, step: number, largest: number): string {
  if (value === 0) return '0';
  const fine = largest < 1e15 && largest / step > 1e4;
  if ((largest >= 1e7 && !fine) || largest < 1e-3) return scientific(value);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return value
    .toLocaleString('en-US', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      // Years have four digits and no comma.
      useGrouping: largest >= 10_000,
    })
    .replace('-', '−');
}

const SUPERSCRIPTS = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/** 2.5×10⁷ */
function scientific(value: number): string {
  const [mantissa = '1', power = '0'] = tidy(value).toExponential().split('e');
  const digits = String(Math.abs(Number(power)));
  const raised = digits.replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? '');
  const ten = `10${Number(power) < 0 ? '⁻' : ''}${raised}`;
  if (mantissa === '1') return ten;
  return mantissa === '-1' ? `−${ten}` : `${mantissa.replace('-', '−')}×${ten}`;
}
