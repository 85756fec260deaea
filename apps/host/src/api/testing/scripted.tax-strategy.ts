import {
  FlatRateTaxStrategy,
  type TaxCalculation,
  type TaxCapabilities,
  type TaxDocument,
  TaxError,
  type TaxProblem,
  type TaxSettlement,
  TaxStrategy,
} from '@anrok-nest/tax';

/** A strategy that settles as a test tells it to; later, until it is told. */
export class ScriptedTaxStrategy extends TaxStrategy {
  readonly code = 'scripted';
  readonly capabilities: TaxCapabilities = { settles: 'later', exemptions: false, filing: false };
  readonly settled: TaxDocument[] = [];
  next: () => Promise<TaxSettlement> = async () => ({ status: 'accepted' });

  async appliesTo(): Promise<boolean> {
    return true;
  }

  async estimate(document: TaxDocument): Promise<TaxCalculation> {
    return new FlatRateTaxStrategy({ rate: '0.1' }).estimate(document);
  }

  async settle(document: TaxDocument): Promise<TaxSettlement> {
    this.settled.push(document);
    return this.next();
  }

  refuses(problem: Partial<TaxProblem> = {}): void {
    this.next = async () => {
      throw new RefusedError(problem);
    };
  }

  accepts(): void {
    this.next = async () => ({ status: 'accepted' });
  }
}

export class RefusedError extends TaxError {
  constructor(problem: Partial<TaxProblem> = {}) {
    super({
      code: 'address_not_found',
      message: 'The address "1 Nowhere" can not be found.',
      remedy: "Correct the customer's address.",
      retry: 'after-fix',
      details: { line1: '1 Nowhere' },
      ...problem,
    });
  }
}
