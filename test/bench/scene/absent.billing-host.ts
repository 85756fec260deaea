import { BillingHost, type DocumentPage } from '@anrok-nest/module';

/** Has no document at all: a run finds nothing to do, and writes that down. */
export class AbsentBillingHost extends BillingHost {
  override async loadDocument(): Promise<null> {
    return null;
  }

  override async applyTaxes(): Promise<'applied'> {
    return 'applied';
  }

  override async confirmVoided(): Promise<void> {}

  override async reportProblem(): Promise<void> {}

  override async listDocuments(): Promise<DocumentPage> {
    return { documents: [] };
  }
}
