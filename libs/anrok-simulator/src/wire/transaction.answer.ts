import { sumOf, toText } from '../tax/decimal.js';
import type { LineJurisdiction, NotTaxedReason, TaxedLine } from '../tax/taxed-line.js';

/** What the tax endpoints answer. Whole minor units as numbers, decimals in minor units as texts. */
export interface CalculationAnswer {
  readonly taxAmountToCollect: number;
  readonly preTaxAmount: string;
  readonly lineItems: readonly {
    readonly id: string | null;
    readonly taxAmountToCollect: number;
    readonly preTaxAmount: string;
    readonly jurises: readonly JurisAnswer[];
  }[];
  readonly jurisSummaries: readonly {
    readonly name: string;
    /** Null where any line is taxed. */
    readonly notTaxedReasons: readonly NotTaxedReason[] | null;
  }[];
}

/** Either taxes or a reason; the other is null. */
export interface JurisAnswer {
  readonly name: string;
  readonly taxes:
    | readonly {
        readonly taxName: string;
        readonly taxableAmount: string;
        readonly taxAmount: string;
        readonly taxRate: string;
      }[]
    | null;
  readonly notTaxedReason: NotTaxedReason | null;
}

export function toCalculationAnswer(lines: readonly TaxedLine[]): CalculationAnswer {
  return {
    taxAmountToCollect: taxToCollect(lines),
    lineItems: lines.map((line) => ({
      id: line.id,
      taxAmountToCollect: line.taxAmountToCollect,
      preTaxAmount: line.preTaxAmount,
      jurises: line.jurisdictions.map(toJurisAnswer),
    })),
    preTaxAmount: toText(sumOf(lines.map((line) => line.preTaxAmount))),
    jurisSummaries: [...byAuthority(lines).values()].map((verdicts) => ({
      name: verdicts[0]!.name,
      notTaxedReasons: distinctReasons(verdicts),
    })),
  };
}

export function taxToCollect(lines: readonly TaxedLine[]): number {
  return lines.reduce((sum, line) => sum + line.taxAmountToCollect, 0);
}

function toJurisAnswer({ name, notTaxedReason, tax }: LineJurisdiction): JurisAnswer {
  return { name, notTaxedReason, taxes: notTaxedReason || !tax ? null : [{ ...tax }] };
}

/** By id, not by name: two authorities may share a name. */
function byAuthority(lines: readonly TaxedLine[]): Map<string, LineJurisdiction[]> {
  return Map.groupBy(
    lines.flatMap((line) => line.jurisdictions),
    ({ id, regionId }) => JSON.stringify([id, regionId]),
  );
}

function distinctReasons(verdicts: readonly LineJurisdiction[]): NotTaxedReason[] | null {
  const reasons = verdicts.map(({ notTaxedReason }) => notTaxedReason);
  if (reasons.includes(null)) return null;
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason!])).values()];
}
