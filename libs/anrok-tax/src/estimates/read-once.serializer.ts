import { jsonSerializer, type KeyvSerializationAdapter } from 'keyv';
import QuickLRU from 'quick-lru';

/** An answer to ten lines has some 4,000 characters; one to a thousand is read anew each time. */
const LONGEST_TEXT = 20_000;

/** Beyond so many, those are forgotten that were not met for the longest time. */
const MOST_TEXTS = 1_000;

/**
 * JSON as Keyv writes it, whose texts are read once as long as they are met again: comparing a text with itself costs
 * nothing beside reading it. Whoever is given what was read shares it with others, and leaves it as it is.
 */
export function readOnceSerializer(): KeyvSerializationAdapter {
  const known = new QuickLRU<string, never>({ maxSize: MOST_TEXTS });
  const read = (text: string): never => {
    const value: never = jsonSerializer.parse(text);
    if (text.length <= LONGEST_TEXT) known.set(text, value);
    return value;
  };
  return { stringify: (value) => jsonSerializer.stringify(value), parse: (text) => known.get(text) ?? read(text) };
}
