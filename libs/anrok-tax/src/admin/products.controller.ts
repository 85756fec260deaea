import { Body, Get, Param, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { AnrokProductService } from '../settings/anrok-product.service.js';
import { AdminApi } from './admin-api.decorator.js';
import { CreateProductDto } from './product.dto.js';

/** The products of the Anrok account. */
@AdminApi('connections/:code')
export class ProductsController {
  constructor(private readonly products: AnrokProductService) {}

  @Get('products/:externalId')
  @ApiOperation({ summary: 'A product as Anrok has it.' })
  async show(@Param('code') code: string, @Param('externalId') id: string) {
    const { externalId, name, description, taxCategoryId: taxCategory } = await this.products.get(code, id);
    return { externalId, name, description, taxCategory };
  }

  @Post('products')
  @ApiOperation({ summary: 'Creates a product at Anrok.' })
  async create(@Param('code') code: string, @Body() { taxCategory, ...product }: CreateProductDto) {
    await this.products.create(code, { ...product, taxCategoryId: taxCategory });
    return { ...product, taxCategory };
  }

  @Get('tax-categories')
  @ApiOperation({ summary: 'The tax categories that a product can have.' })
  async taxCategories(@Param('code') code: string) {
    return { taxCategories: await this.products.taxCategories(code) };
  }
}
