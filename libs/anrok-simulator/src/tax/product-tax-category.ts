/** What a product is to the authorities. `custom` ones belong to the seller's account. */
export interface ProductTaxCategory {
  readonly type: 'standard' | 'custom';
  readonly id: ProductTaxCategoryId;
  readonly name: string;
}

export type ProductTaxCategoryId =
  | 'saasBusiness'
  | 'saasPersonal'
  | 'digitalGoods'
  | 'physicalGoods'
  | 'professionalServices'
  | 'notTaxable'
  | 'sptconboarding';

export const PRODUCT_TAX_CATEGORIES: readonly ProductTaxCategory[] = [
  { type: 'standard', id: 'saasBusiness', name: 'Software as a service, for businesses' },
  { type: 'standard', id: 'saasPersonal', name: 'Software as a service, for private use' },
  { type: 'standard', id: 'digitalGoods', name: 'Digital goods' },
  { type: 'standard', id: 'physicalGoods', name: 'Physical goods' },
  { type: 'standard', id: 'professionalServices', name: 'Professional services' },
  { type: 'standard', id: 'notTaxable', name: 'Not taxable' },
  { type: 'custom', id: 'sptconboarding', name: 'Onboarding packages' },
];

/** How a product names its category on the wire. */
export interface ProductTaxCategoryReference {
  readonly type: 'standard' | 'custom';
  readonly id: string;
}

export function findCategory(reference: ProductTaxCategoryReference): ProductTaxCategory | undefined {
  return PRODUCT_TAX_CATEGORIES.find(({ type, id }) => type === reference.type && id === reference.id);
}
