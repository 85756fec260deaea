import type { BareWork } from './bare-work.ts';
import { concurrently, type Contestant, type OnTaxed } from './contestant.ts';

/** No queue at all: what is not done when the process ends is never done. */
export function startLoop(work: BareWork, onTaxed: OnTaxed): Contestant {
  const finalize = async (id: string) => {
    await work.invoices.finalize(id);
    await work.tax(id);
    onTaxed(id);
  };
  return { finalize: (ids) => concurrently(ids, finalize), close: () => work.close() };
}
