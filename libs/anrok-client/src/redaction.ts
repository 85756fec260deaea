const HIDDEN = '[redacted]';

/** By lower-case name: hidden wherever they stand, whatever they hold. */
const HIDDEN_FIELDS = new Set(['authorization', 'contentsbase64']);

/** The same fields in a text that is no JSON (any more): cut off, or within a page of HTML. */
const HIDDEN_FIELD_IN_TEXT = /((?:authorization|contentsbase64)\\*"\s*:\s*\\*")[^"\\]*/gi;

/** A shorter part of a key could be any word. */
const SHORTEST_SECRET = 8;

/** A deeper answer is nonsense, or meant to exhaust the stack. */
const DEEPEST = 60;

/** The texts that must not leave the client: the whole key and its secret part, plain and as JSON or a URL write it. */
export function secretsOf(apiKey: string): readonly string[] {
  const secretPart = apiKey.slice(apiKey.lastIndexOf('/') + 1);
  const secrets = secretPart.length >= SHORTEST_SECRET ? [apiKey, secretPart] : [apiKey];
  const written = secrets.flatMap((it) => [it, JSON.stringify(it).slice(1, -1), encodeURIComponent(it)]);
  // the longest first: replacing a part of one would leave the rest of it readable
  return [...new Set(written)].toSorted((a, b) => b.length - a.length);
}

/**
 * A copy of plain data without secrets, in values and in keys. Never changes its argument; drops `__proto__`, which
 * would be a trap for whoever merges the copy into something.
 */
export function redact(value: unknown, secrets: readonly string[], depth = 0): unknown {
  if (typeof value === 'string') return redactText(value, secrets);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, secrets, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, item]) => [
        redactText(key, secrets),
        HIDDEN_FIELDS.has(key.toLowerCase()) ? HIDDEN : redact(item, secrets, depth + 1),
      ]),
  );
}

export function redactText(text: string, secrets: readonly string[]): string {
  // most texts of an answer are shorter than any secret: an answer of 1,200 lines takes a third of the time
  const withoutSecrets = secrets.reduce(
    (rest, secret) => (rest.length < secret.length ? rest : rest.replaceAll(secret, HIDDEN)),
    text,
  );
  return withoutSecrets.includes('"') ? withoutSecrets.replace(HIDDEN_FIELD_IN_TEXT, `$1${HIDDEN}`) : withoutSecrets;
}

/** Cut only what is redacted: a secret cut in two would be recognised no more. */
export function cutText(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
}
