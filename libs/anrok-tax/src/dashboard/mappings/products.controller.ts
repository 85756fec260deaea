import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { readKey } from '../../mapping/mapping-notation.js';
import { AnrokProductService } from '../../settings/anrok-product.service.js';
import { ConnectionService } from '../../settings/connection.service.js';
import { ItemMappingService } from '../../settings/item-mapping.service.js';
import { answerOf } from '../parts/answer.js';
import { DashboardPage, SeeOther } from '../shell/dashboard-page.decorator.js';
import type { PagePlace } from '../shell/page-place.js';
import { Place } from '../shell/place.decorator.js';
import { CreateProductFormDto, LookUpProductDto } from './mapping-form.dto.js';
import { ProductsPage } from './products.page.js';

/** Products of the Anrok account: looked up by their ids, as Anrok lists none, and created. */
@DashboardPage('connections/:code/products')
export class ProductsController {
  constructor(
    private readonly connections: ConnectionService,
    private readonly products: AnrokProductService,
    private readonly mappings: ItemMappingService,
  ) {}

  @Get()
  async show(@Place() place: PagePlace, @Param('code') code: string, @Query() form: LookUpProductDto) {
    const { externalId } = form;
    const [connection, mappings, product, taxCategories] = await Promise.all([
      this.connections.byCode(code),
      this.mappings.list(code),
      externalId === undefined ? undefined : answerOf(this.products.get(code, externalId)),
      answerOf(this.products.taxCategories(code)),
    ]);
    return ProductsPage({ place, connection, form, mappings, taxCategories, ...(product && { product }) });
  }

  @Post()
  @SeeOther()
  async create(@Place() place: PagePlace, @Param('code') code: string, @Body() form: CreateProductFormDto) {
    const { externalId, name, description, taxCategory, itemType, itemId } = form;
    const colon = taxCategory.indexOf(':');
    await this.products.create(code, {
      externalId,
      name,
      ...(description !== undefined && { description }),
      taxCategoryId: { type: taxCategory.slice(0, colon), id: taxCategory.slice(colon + 1) },
    });
    if (itemType === undefined) {
      const shown = `connections/${code}/products?externalId=${encodeURIComponent(externalId)}`;
      return place.afterwards(shown, 'product_created');
    }
    const key = readKey({ itemType, ...(itemId !== undefined && { itemId }) });
    const { continuing } = await this.mappings.upsert(code, { ...key, productExternalId: externalId });
    return place.afterwards(`connections/${code}/mappings`, 'mapped', continuing);
  }
}
