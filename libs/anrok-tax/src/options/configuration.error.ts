/** The module is wired in wrongly; it refuses to start and says everything that is wrong at once. */
export class AnrokTaxConfigurationError extends Error {
  override readonly name = 'AnrokTaxConfigurationError';
  readonly code = 'anrok_tax_configuration';
  readonly remedy = 'Do what each sentence says, then start again.';

  /** @param flaws sentences that say what to do */
  constructor(readonly flaws: readonly string[]) {
    super(`AnrokTaxModule can't start:\n${flaws.map((flaw) => `  - ${flaw}`).join('\n')}`);
  }
}
