import { parseArgs } from 'node:util';
import { messageOf } from './error.message.js';
import { type AnrokSimulatorOptions, toSettings } from './simulator.options.js';

export const HELP = `anrok-simulator: a strict, stateful local Anrok

  --port PORT   of 127.0.0.1; 0 for any free one (default 4010)
  --data FILE   keep the books in this JSON file (default: in memory)
  --key KEY     an API key, sellerId/keyId/secret; can be repeated (default sandbox/key1/secret.simulator)
  --limit N     requests per second and seller; 0 for no limit (default 10)
  --help        this text
`;

export type Command =
  | { readonly kind: 'start'; readonly options: AnrokSimulatorOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'misunderstood'; readonly complaint: string };

/** Reads the words behind the command's name. */
export function parseCommandLine(words: readonly string[]): Command {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        port: { type: 'string', default: '4010' },
        data: { type: 'string' },
        key: { type: 'string', multiple: true },
        limit: { type: 'string', default: '10' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) return { kind: 'help' };
    const limit = wholeNumber('--limit', values.limit, 1_000_000);
    const options: AnrokSimulatorOptions = {
      port: wholeNumber('--port', values.port, 65_535),
      requestsPerSecond: limit === 0 ? null : limit,
      ...(values.data !== undefined && { dataFile: values.data }),
      ...(values.key && { apiKeys: values.key }),
    };
    toSettings(options);
    return { kind: 'start', options };
  } catch (error) {
    return { kind: 'misunderstood', complaint: messageOf(error) };
  }
}

function wholeNumber(flag: string, text: string, max: number): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= max)) throw new Error(`${flag} takes a whole number from 0 to ${max}, not "${text}".`);
  return number;
}
