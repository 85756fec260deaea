import { describe, expect, it } from '@jest/globals';
import { parseCommandLine } from './command-line.js';

describe('the command line', () => {
  it.each<[string, object]>([
    ['', { port: 4010, requestsPerSecond: 10 }],
    ['--port 0 --limit 0', { port: 0, requestsPerSecond: null }],
    ['--port=5000 --limit=25 --data books.json', { port: 5000, requestsPerSecond: 25, dataFile: 'books.json' }],
    ['--key a/b/c --key d/e/f', { port: 4010, requestsPerSecond: 10, apiKeys: ['a/b/c', 'd/e/f'] }],
  ])('"%s" starts with %j', (line, options) => {
    expect(parseCommandLine(line.split(' ').filter(Boolean))).toEqual({ kind: 'start', options });
  });

  it('with --help asks for help', () => {
    expect(parseCommandLine(['--help', '--port', 'x'])).toEqual({ kind: 'help' });
  });

  it.each([
    ['--port', "Option '--port <value>' argument missing"],
    ['--port 65536', '--port takes a whole number from 0 to 65535, not "65536".'],
    ['--port 1e3', '--port takes a whole number from 0 to 65535, not "1e3".'],
    ['--limit -1', "Option '--limit' argument is ambiguous"],
    ['--limit=-1', '--limit takes a whole number from 0 to 1000000, not "-1".'],
    ['--key secret', 'apiKeys: a key has the form sellerId/keyId/secret.'],
    ['--verbose', "Unknown option '--verbose'"],
    ['4010', "Unexpected argument '4010'"],
  ])('"%s" is misunderstood', (line, complaint) => {
    expect(parseCommandLine(line.split(' '))).toEqual({
      kind: 'misunderstood',
      complaint: expect.stringContaining(complaint),
    });
  });
});
