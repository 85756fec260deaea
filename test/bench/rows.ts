import type { Row } from './row.ts';
import { budgetRows } from './rows/budget.row.ts';
import { cacheRow } from './rows/cache.row.ts';
import { estimateRows } from './rows/estimate.row.ts';
import { fairnessRow } from './rows/fairness.row.ts';
import { growthRows } from './rows/growth.row.ts';
import { latencyRow } from './rows/latency.row.ts';
import { resyncRow } from './rows/resync.row.ts';
import { syncRows } from './rows/sync.row.ts';

/** Everything that is measured, in the order of the table. */
export const rows: readonly Row[] = [
  ...estimateRows,
  ...syncRows,
  latencyRow,
  ...budgetRows,
  fairnessRow,
  ...growthRows,
  resyncRow,
  cacheRow,
];
