import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../billing.error.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { saveUnique } from '../save-unique.js';
import { AddOn } from './add-on.entity.js';

export type AddOnInput = Pick<
  AddOn,
  'code' | 'name' | 'amountCents' | 'amountCurrency' | 'invoiceDisplayName' | 'description'
>;

@Injectable()
export class AddOnService {
  constructor(private readonly em: EntityManager) {}

  /** @throws InvalidInputError when the code is taken */
  async create(input: AddOnInput): Promise<AddOn> {
    return saveUnique(this.em, 'code', async () => this.em.create(AddOn, input));
  }

  /**
   * Changes what is given. Invoices that were issued before keep what they say.
   *
   * @throws NotFoundError, InvalidInputError when the code is taken
   */
  async update(code: string, input: Partial<AddOnInput>): Promise<AddOn> {
    return saveUnique(this.em, 'code', async () =>
      this.em.assign(await this.find(code), input, { ignoreUndefined: true }),
    );
  }

  /** @throws NotFoundError */
  async find(code: string): Promise<AddOn> {
    const addOn = await this.em.findOne(AddOn, { code });
    if (!addOn) throw new NotFoundError('add_on');
    return addOn;
  }

  /** Newest first. */
  async list(request: PageRequest): Promise<Page<AddOn>> {
    const [items, totalCount] = await this.em.findAndCount(
      AddOn,
      {},
      { ...toBounds(request), orderBy: { createdAt: 'desc', id: 'desc' } },
    );
    return { items, request, totalCount };
  }
}
