import { describe, expect, it } from '@jest/globals';

import { transferables } from './transferables.js';

describe('memory that is handed over', () => {
  it('is found in columns, each buffer once', () => {
    const values = new Float64Array(10);
    const data = { a: { kind: 'number', values }, b: [{ values }, { codes: new Int32Array(3) }] };
    expect(transferables(data).map(({ byteLength }) => byteLength)).toEqual([80, 12]);
  });

  it('is never a part of a buffer that others use', () => {
    const pooled = Buffer.from('a small text');
    expect(pooled.buffer.byteLength).toBeGreaterThan(pooled.byteLength);
    expect(transferables([pooled, new Uint8Array(new ArrayBuffer(16), 4)])).toEqual([]);
  });

  it('is not shared memory, and not searched for in long lists', () => {
    const shared = new Int32Array(new SharedArrayBuffer(8));
    const rows = Array.from({ length: 5000 }, () => new Uint8Array(1));
    expect(transferables({ shared, rows, none: null, text: 'x' })).toEqual([]);
  });
});
