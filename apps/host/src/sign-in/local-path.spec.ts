import { describe, expect, it } from '@jest/globals';
import { localPath } from './local-path.js';

describe('where somebody goes on after signing in', () => {
  it.each(['/anrok', '/anrok/documents?status=failed&status=waiting', '/a/b%2Fc'])('is %s', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'anrok',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n\\evil.example',
    'https://evil.example',
    '/..//evil.example',
    '/a/../..//evil.example',
    '/.\\/evil.example',
    '/%2e%2e//evil.example',
    ['/a', '/b'],
  ])('is the dashboard instead of %j', (path) => {
    expect(localPath(path)).toBe('/anrok');
  });
});
