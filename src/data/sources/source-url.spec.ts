import { describe, expect, it } from '@jest/globals';

import { isPublicAddress } from '../../net/addresses.js';
import { sourceUrl } from './source-url.js';

describe('addresses of sources', () => {
  it.each([
    'ftp://example.org/a.csv',
    'file:///etc/passwd',
    'table.csv',
    'http://user:secret@example.org/',
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'javascript:alert(1)',
  ])('%s is refused as it stands', (url) => {
    expect(() => sourceUrl(url, isPublicAddress)).toThrow('source.url');
  });

  it('names are judged when they are resolved', () => {
    expect(sourceUrl('https://example.org/a.csv', isPublicAddress).host).toBe('example.org');
  });
});
