import type { Row } from './row.ts';
import { estimateRows } from './rows/estimate.row.ts';

/** Everything that is measured, in the order of the table. */
export const rows: readonly Row[] = [...estimateRows];
