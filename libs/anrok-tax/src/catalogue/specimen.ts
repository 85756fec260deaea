import type { AnrokError } from '@anrok-nest/client';
import type { TaxError } from '@anrok-nest/tax';
import type { AnrokTaxConfigurationError } from '../options/configuration.error.js';

/**
 * Who mends it. `nobody`: it heals by itself. `mappings`: whoever maps items to products. `customers`: whoever keeps the
 * customers' data. `finance`: whoever answers for documents and for the account at Anrok. `engineer`: whoever runs
 * or wrote the host. `anrok`: their support.
 */
export type FixedBy = 'nobody' | 'mappings' | 'customers' | 'finance' | 'engineer' | 'anrok';

/** An error as it occurs, with names in braces for what differs each time: its sentences can't drift from the code. */
export interface Specimen {
  readonly fixedBy: FixedBy;
  /** When it occurs, as a sentence. */
  readonly cause: string;
  readonly error: TaxError | AnrokError | AnrokTaxConfigurationError;
}

export interface Area {
  readonly title: string;
  /** Whether the sync of a document can end in these. */
  readonly inSync: boolean;
  readonly specimens: readonly Specimen[];
}

export function specimen(fixedBy: FixedBy, cause: string, error: Specimen['error']): Specimen {
  return { fixedBy, cause, error };
}

/** Stands for a number: `{name}` once it is in a sentence. */
export function someNumber(name: string): number {
  return `{${name}}` as unknown as number;
}

/** Stands for a moment: `{name}` once it is in a sentence. */
export function someMoment(name: string): Date {
  return { toISOString: () => `{${name}}` } as Date;
}
