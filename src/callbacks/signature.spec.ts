import { describe, expect, it } from '@jest/globals';

import { deliveryId, signatureOf } from './signature.js';

describe('the signature', () => {
  it('is the HMAC-SHA256 of timestamp and body', () => {
    // python3: hmac.new(b'a secret of a test', b'1700000000.{"a":1}', 'sha256').hexdigest()
    expect(signatureOf('a secret of a test', '1700000000', '{"a":1}')).toBe(
      'sha256=0e72c89af1cc2a205c7526ab0f000f2e0c08630fca6e5a79ed9fc22679058c43',
    );
  });
});

describe('the id of a report', () => {
  it('is the same at each attempt, and another for another end', () => {
    const id = deliveryId('job', 5);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(deliveryId('job', 5)).toBe(id);
    expect(deliveryId('job', 6)).not.toBe(id);
  });
});
