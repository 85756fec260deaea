import type { Row } from './row.ts';
import { estimateRows } from './rows/estimate.row.ts';
import { syncRows } from './rows/sync.row.ts';

/** Everything that is measured, in the order of the table. */
export const rows: readonly Row[] = [...estimateRows, ...syncRows];
