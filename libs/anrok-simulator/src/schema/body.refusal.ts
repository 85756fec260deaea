import type { z } from 'zod';

type Parsed<Body> = { readonly body: Body } | { readonly refusal: string };

/** Reads a request body, or says in one sentence what is wrong with it, the first thing first. */
export function parseBody<Body>(schema: z.ZodType<Body>, raw: unknown): Parsed<Body> {
  const parsed = schema.safeParse(raw, { error: toWords });
  if (parsed.success) return { body: parsed.data };
  const issue = parsed.error.issues[0]!;
  const { message } = issue;
  // of alternatives that none fits, the whole is what is wrong, not the field that tells them apart
  const path = issue.code === 'invalid_union' && issue.discriminator ? issue.path.slice(0, -1) : issue.path;
  return { refusal: `Request body: ${path.map((key) => `${quoted(key)}: `).join('')}${message}` };
}

/** An issue in words, as the API has them. A message given with a check goes before these. */
export function toWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'Required.'
        : `Expected ${issue.expected === 'int' ? 'integer' : issue.expected}, received ${nameOf(issue.input)}.`;
    case 'invalid_value':
      return issue.input === undefined ? 'Required.' : 'Invalid enum value.';
    case 'unrecognized_keys':
      return `Unrecognized key(s) in object: ${issue.keys.map((key) => `'${key}'`).join(', ')}.`;
    case 'too_small':
      return `${sized(issue.origin, issue.exact ? 'exactly' : 'at least', issue.minimum)}.`;
    case 'too_big':
      return `${sized(issue.origin, issue.exact ? 'exactly' : 'at most', issue.maximum)}.`;
    case 'invalid_format':
      return `Invalid ${issue.format}.`;
    case 'invalid_union':
      return 'Invalid input.';
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
    default:
      return undefined;
  }
}

function quoted(key: PropertyKey): string {
  return typeof key === 'number' ? `[${key}]` : `"${String(key)}"`;
}

function nameOf(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'array';
  return typeof input === 'number' && !Number.isInteger(input) ? 'float' : typeof input;
}

function sized(origin: string, relation: 'at least' | 'at most' | 'exactly', limit: number | bigint): string {
  if (origin === 'array') return `Array must contain ${relation} ${limit} element(s)`;
  if (origin === 'string') return `String must contain ${relation} ${limit} character(s)`;
  return `Number must be ${relation === 'at least' ? 'greater' : 'less'} than or equal to ${limit}`;
}
