/**
 * Turbidity of water by nephelometry. T = a0 * I90, in NTU: the calibration constant of the instrument times the
 * current of its detector at 90 degrees. Above the threshold the water is not safe; while it settles turbidity decays
 * as T0 * (1 - d)^b after b hours.
 */
export interface Measurement {
  readonly calibration_constant: number;
  /** I90. */
  readonly detector_current: number;
}

/** Of one measurement, in NTU. */
export const turbidity = ({ calibration_constant, detector_current }: Measurement): number =>
  calibration_constant * detector_current;

/** Mean of the measurements, in NTU. @throws RangeError for none */
export function meanTurbidity(measurements: readonly Measurement[]): number {
  if (measurements.length === 0) throw new RangeError('there is no measurement');
  const sum = measurements.reduce((total, one) => total + turbidity(one), 0);
  return sum / measurements.length;
}

/**
 * Hours until turbidity falls to the threshold: the b with Ts = T0 * (1 - d)^b, or 0 where it is there already.
 * @param now T0, in NTU
 * @param threshold Ts, in NTU, above 0
 * @param decay d, the share that is lost in an hour, between 0 and 1
 */
export function hoursToSafe(now: number, threshold: number, decay: number): number {
  if (now <= threshold) return 0;
  return Math.log(threshold / now) / Math.log(1 - decay);
}

export interface WaterState {
  readonly turbidity: { readonly value: number; readonly units: 'NTU' };
  readonly safe: boolean;
  readonly threshold: number;
  readonly hours_to_safe: number;
  /** Measurements that the mean was taken of. */
  readonly points: number;
}

export interface WaterOptions {
  readonly threshold: number;
  readonly decay: number;
}

/** @param latest the most recent measurements */
export function waterState(
  latest: readonly Measurement[],
  { threshold, decay }: WaterOptions,
): WaterState {
  const value = meanTurbidity(latest);
  return {
    turbidity: { value, units: 'NTU' },
    safe: value <= threshold,
    threshold,
    hours_to_safe: hoursToSafe(value, threshold, decay),
    points: latest.length,
  };
}

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** The three lines that the course's program prints. */
export function waterText({
  turbidity: { value },
  safe,
  hours_to_safe,
  points,
}: WaterState): string {
  const count = NUMBERS[points] ?? String(points);
  const verdict = safe
    ? 'Info: Turbidity is below threshold for safe use'
    : 'Warning: Turbidity is above threshold for safe use';
  const hours = hours_to_safe === 0 ? '0' : hours_to_safe.toFixed(2);
  return [
    `Average turbidity based on most recent ${count} ${points === 1 ? 'measurement' : 'measurements'} = ${round(value, 4)} NTU`,
    verdict,
    `Minimum time required to return below a safe threshold = ${hours} hours`,
    '',
  ].join('\n');
}

/** Rounded, without zeros at the end, as Python prints it. */
const round = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
