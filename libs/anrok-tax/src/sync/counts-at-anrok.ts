import type { DocumentStanding } from '../host/billing-host.js';
import type { AnrokTaxOptions } from '../options/resolve-options.js';

/** Whether a document of this standing belongs into a tax return. */
export function countsAtAnrok(standing: DocumentStanding, { lostDispute }: Pick<AnrokTaxOptions, 'lostDispute'>) {
  return standing === 'final' || (standing === 'disputeLost' && lostDispute === 'keep');
}
