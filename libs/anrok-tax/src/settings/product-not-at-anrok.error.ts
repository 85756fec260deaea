import { TaxError } from '@anrok-nest/tax';

export class ProductNotAtAnrokError extends TaxError {
  constructor(productExternalId: string, connection: string) {
    super({
      code: 'product_not_at_anrok',
      message: `Anrok has no product "${productExternalId}" in the account of connection "${connection}".`,
      remedy: 'Create the product in Anrok, or correct its id; to map it before there is one, have it not checked.',
      retry: 'after-fix',
      details: { productExternalId, connection },
    });
  }
}
