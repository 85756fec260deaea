import {
  type EstimateOptions,
  type EstimatePurpose,
  FlatRateTaxStrategy,
  type TaxCalculation,
  type TaxCapabilities,
  type TaxDocument,
  TaxError,
  type TaxProblem,
  type TaxSettlement,
  TaxStrategy,
} from '@anrok-nest/tax';

/** A strategy that settles as a test tells it to; later, until it is told. Estimates 10 %, until it is told. */
export class ScriptedTaxStrategy extends TaxStrategy {
  readonly capabilities: TaxCapabilities = { settles: 'later', exemptions: false, filing: false };
  readonly settled: TaxDocument[] = [];
  readonly estimated: TaxDocument[] = [];
  /** What each of them was for, as far as it was said. */
  readonly purposes: (EstimatePurpose | undefined)[] = [];
  /** What happens before an estimate is answered. */
  beforeEstimate: (document: TaxDocument) => Promise<void> = async () => {};
  next: () => Promise<TaxSettlement> = async () => ({ status: 'accepted' });

  constructor(readonly code = 'scripted') {
    super();
  }

  async appliesTo(): Promise<boolean> {
    return true;
  }

  async estimate(document: TaxDocument, { purpose }: EstimateOptions = {}): Promise<TaxCalculation> {
    this.estimated.push(document);
    this.purposes.push(purpose);
    await this.beforeEstimate(document);
    const calculation = await new FlatRateTaxStrategy({ rate: '0.1' }).estimate(document);
    return { ...calculation, strategy: this.code };
  }

  async settle(document: TaxDocument): Promise<TaxSettlement> {
    this.settled.push(document);
    return this.next();
  }

  refusesToEstimate(problem: Partial<TaxProblem> = {}): void {
    this.beforeEstimate = async () => {
      throw new RefusedError(problem);
    };
  }

  /** Holds the next estimate back until it is released; it is answered then, or refused. */
  holdsEstimate(refusal?: TaxError): { readonly arrived: Promise<void>; readonly release: () => void } {
    const arrived = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    this.beforeEstimate = async () => {
      this.estimates();
      arrived.resolve();
      await released.promise;
      if (refusal) throw refusal;
    };
    return { arrived: arrived.promise, release: released.resolve };
  }

  estimates(): void {
    this.beforeEstimate = async () => {};
  }

  refuses(problem: Partial<TaxProblem> = {}): void {
    this.next = async () => {
      throw new RefusedError(problem);
    };
  }

  /** At once, with 10 % unless the test says otherwise. */
  settles(rate = '0.1'): void {
    const strategy = new FlatRateTaxStrategy({ rate });
    this.next = async () => {
      const calculation = await strategy.estimate(this.settled.at(-1)!);
      return { status: 'settled', calculation: { ...calculation, strategy: this.code } };
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
