import { describe, expect, it } from '@jest/globals';

import { isPublic } from './address-policy.js';
import { sourceUrl } from './source-url.js';

describe('addresses of sources', () => {
  it.each(['1.1.1.1', '93.184.215.14', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
    '%s is public',
    (address) => {
      expect(isPublic(address)).toBe(true);
    },
  );

  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0'],
    ...['100.64.0.1', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1%eth0', 'fd00::1'],
    ...[
      '::ffff:127.0.0.1',
      '::ffff:a9fe:a9fe',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '',
      'localhost',
    ],
  ])('%s is not', (address) => {
    expect(isPublic(address)).toBe(false);
  });

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
    expect(() => sourceUrl(url, isPublic)).toThrow('source.url');
  });

  it('names are judged when they are resolved', () => {
    expect(sourceUrl('https://example.org/a.csv', isPublic).host).toBe('example.org');
  });
});
