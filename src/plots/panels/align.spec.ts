import { describe, expect, it } from '@jest/globals';

import { aligned } from './align.js';
import { nested } from './nested-svg.js';

describe('the panels of a picture', () => {
  it('get what they lack of the widest margins in their column and their row', () => {
    const margins = [
      { left: 40, right: 10, top: 30, bottom: 20 },
      { left: 60, right: 90, top: 50, bottom: 20 },
      { left: 55, right: 10, top: 30, bottom: 45 },
    ];
    expect(aligned(margins, 2)).toEqual([
      { left: 15, right: 0, top: 20, bottom: 0 },
      { left: 0, right: 0, top: 0, bottom: 0 },
      { left: 0, right: 0, top: 0, bottom: 0 },
    ]);
    const [first] = aligned(margins, 2, true);
    expect(first).toEqual({ left: 20, right: 80, top: 20, bottom: 25 });
  });

  it('are drawings in a drawing, whose names differ', () => {
    const panel = '<svg width="5"><clipPath id="clip1"/><g clip-path="url(#clip1)"/></svg>';
    const parts = [
      { left: 1, top: 2, svg: panel },
      { left: 8, top: 2, svg: panel },
    ];
    expect(nested('<svg width="9"><g/></svg>', parts)).toBe(
      '<svg width="9"><g/><svg x="1" y="2" width="5"><clipPath id="panel0-clip1"/><g clip-path="url(#panel0-clip1)"/></svg>' +
        '<svg x="8" y="2" width="5"><clipPath id="panel1-clip1"/><g clip-path="url(#panel1-clip1)"/></svg></svg>',
    );
  });
});
