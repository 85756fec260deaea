import { AnrokError } from '@anrok-nest/client';
import { TaxError } from '@anrok-nest/tax';
import { Body, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { toTaxProblem } from '../mapping/to-tax-problem.js';
import { ConnectionService } from '../settings/connection.service.js';
import { ItemMappingService } from '../settings/item-mapping.service.js';
import { AdminApi } from './admin-api.decorator.js';
import { CreateConnectionDto, toConnectionView, UpdateConnectionDto } from './connection.dto.js';
import { PutMappingDto, toItemMapping, toMappingView } from './mapping.dto.js';

@AdminApi('connections')
export class ConnectionsController {
  constructor(
    private readonly connections: ConnectionService,
    private readonly mappings: ItemMappingService,
  ) {}

  @Get()
  async list() {
    return { connections: (await this.connections.list()).map(toConnectionView) };
  }

  @Post()
  async create(@Body() body: CreateConnectionDto) {
    return toConnectionView(await this.connections.create(body));
  }

  @Patch(':code')
  async update(@Param('code') code: string, @Body() body: UpdateConnectionDto) {
    return toConnectionView(await this.connections.update(code, body));
  }

  /** The outcome of the test is the answer; only a connection that doesn't exist is an error. */
  @Post(':code/test')
  @HttpCode(200)
  async test(@Param('code') code: string) {
    const connection = await this.connections.byCode(code);
    try {
      await this.connections.test(connection);
      return { ok: true, sellerId: connection.sellerId ?? null };
    } catch (error) {
      if (error instanceof AnrokError) return { ok: false, problem: toTaxProblem(error) };
      if (error instanceof TaxError) return { ok: false, problem: error.problem };
      throw error;
    }
  }

  @Get(':code/mappings')
  async listMappings(@Param('code') code: string) {
    return { mappings: (await this.mappings.list(code)).map(toMappingView) };
  }

  @Put(':code/mappings')
  async putMapping(@Param('code') code: string, @Body() body: PutMappingDto) {
    const mapping = toItemMapping(body);
    await this.mappings.upsert(code, mapping);
    return toMappingView(mapping);
  }
}
