import { z } from 'zod';

/** `{ <id in the billing system>: <product id in Anrok> }`. Anrok answers a list of these, usually of one pair each. */
export type AnrokProductIdMapping = Readonly<Record<string, string>>;

export interface AnrokProductIdMappingDraft {
  /** In the billing system. */
  readonly sourceId: string;
  /** In Anrok, where it must exist. */
  readonly targetId: string;
  /** Replaces what `sourceId` is mapped to. Default: false, that is refused. */
  readonly shouldOverwrite?: boolean;
}

export const productIdMappings: z.ZodType<readonly AnrokProductIdMapping[]> = z.array(z.record(z.string(), z.string()));
