import { describe, expect, it } from '@jest/globals';

import { hoursToSafe, meanTurbidity, turbidity, waterState, waterText } from './turbidity.js';

/** Expected numbers: the printed samples of the exercise, and plain arithmetic. */
const of = (...values: number[]) =>
  values.map((value) => ({ calibration_constant: 1, detector_current: value }));

describe('turbidity', () => {
  it('is the calibration constant times the current of the detector', () => {
    expect(turbidity({ calibration_constant: 1.022, detector_current: 1.137 })).toBeCloseTo(
      1.162014,
      12,
    );
  });

  it('is averaged', () => {
    expect(meanTurbidity(of(1, 2, 3))).toBe(2);
    expect(meanTurbidity(of(7))).toBe(7);
    expect(() => meanTurbidity([])).toThrow('there is no measurement');
  });

  it.each([
    [1.1992, 8.991600232149228],
    [0.9852, 0],
    [1, 0],
    [2, 34.309618491520645],
  ])('of %d NTU is safe after %d hours', (now, hours) => {
    expect(hoursToSafe(now, 1, 0.02)).toBeCloseTo(hours, 12);
  });
});

describe('the text of the water', () => {
  const options = { threshold: 1, decay: 0.02 };

  it('warns above the threshold', () => {
    expect(waterText(waterState(of(1.1992, 1.1992, 1.1992, 1.1992, 1.1992), options))).toBe(
      'Average turbidity based on most recent five measurements = 1.1992 NTU\n' +
        'Warning: Turbidity is above threshold for safe use\n' +
        'Minimum time required to return below a safe threshold = 8.99 hours\n',
    );
  });

  it('informs below it', () => {
    expect(waterText(waterState(of(0.9852), options))).toBe(
      'Average turbidity based on most recent one measurement = 0.9852 NTU\n' +
        'Info: Turbidity is below threshold for safe use\n' +
        'Minimum time required to return below a safe threshold = 0 hours\n',
    );
  });
});
