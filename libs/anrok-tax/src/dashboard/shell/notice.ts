/**
 * What a page says about what was just done. Only its name travels in the address, so that nobody can put words into the
 * dashboard's mouth by a link.
 */
const NOTICES = {
  due: (count: number) =>
    count === 1 ? 'The document is due again and will be tried at once.' : `${count} documents are due again.`,
  none_due: () => 'No document was due: none fits any more.',
  none_chosen: () => 'No document was chosen.',
  resync_started: () => 'The resync has started.',
  resync_cancelled: () => 'The resync begins nothing more; what is under way is brought to its end.',
  key_works: () => 'Anrok takes the key. What waited for it continues.',
} satisfies Record<string, (count: number) => string>;

export type Notice = keyof typeof NOTICES;

export function toQuery(notice: Notice, count?: number): string {
  return `notice=${notice}${count === undefined ? '' : `&count=${count}`}`;
}

/** The sentence that an address asks for, if it is one of ours. */
export function toSentence(query: string): string | undefined {
  const asked = new URLSearchParams(query);
  const notice = asked.get('notice') ?? '';
  const count = Number(asked.get('count') ?? 1);
  return Object.hasOwn(NOTICES, notice) && Number.isSafeInteger(count) ? NOTICES[notice as Notice](count) : undefined;
}
