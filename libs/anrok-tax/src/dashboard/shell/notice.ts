import { toCount } from '../parts/words.js';

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
  connected: () => 'The account is connected: Anrok takes the key.',
  connected_untested: () => 'The account is connected, but Anrok did not say that it takes the key. Test it again.',
  renamed: () => 'The connection has its new name.',
  key_exchanged: () => 'Anrok takes the new key, and it is stored. What waited for it continues.',
  disconnected: () => 'The connection is deleted. Nothing has changed at Anrok.',
  mapped: (count: number) => `The item is mapped. ${continuing(count)}`,
  mapped_unchecked: (count: number) =>
    `The item is mapped, without Anrok having said that it has the product. ${continuing(count)}`,
  unmapped: () => 'The mapping is taken out. Nothing changes at Anrok until a document is synced again.',
  imported: (count: number) => `The file is imported. ${continuing(count)}`,
  product_missing: () => 'Nothing was mapped: Anrok has no such product. Create it, or enter another one.',
  linked: (count: number) => `The customer is linked. ${continuing(count)}`,
  unlinked: () => 'The customer is not taxed by Anrok any more. What is recorded stays recorded.',
  certificate_kept: () => 'Anrok keeps the certificate. It exempts from now on; what is recorded stays as it is.',
  certificate_there: () => 'Anrok has a certificate that says the same already.',
  certificate_archived: () => 'The certificate exempts nobody any more.',
  certificate_requested: () => 'Anrok has asked the customer for a certificate by e-mail.',
  product_created: () => 'Anrok has the product now.',
} satisfies Record<string, (count: number) => string>;

function continuing(count: number): string {
  if (count === 0) return 'No document waited for it.';
  return `${toCount(count, 'document that waited for it continues', 'documents that waited for it continue')}.`;
}

export type Notice = keyof typeof NOTICES;

export function toQuery(notice: Notice, count?: number): string {
  return `notice=${notice}${count === undefined ? '' : `&count=${count}`}`;
}

/** Those that tell of something that was not done, or not quite. */
const WARNINGS: ReadonlySet<string> = new Set<Notice>([
  'none_due',
  'none_chosen',
  'connected_untested',
  'mapped_unchecked',
  'product_missing',
]);

export interface Told {
  readonly sentence: string;
  readonly isWarning: boolean;
}

/** What an address asks to be told, if it is one of ours. */
export function toTold(query: string): Told | undefined {
  const asked = new URLSearchParams(query);
  const notice = asked.get('notice') ?? '';
  const count = Number(asked.get('count') ?? 1);
  if (!Object.hasOwn(NOTICES, notice) || !Number.isSafeInteger(count)) return undefined;
  return { sentence: NOTICES[notice as Notice](count), isWarning: WARNINGS.has(notice) };
}
