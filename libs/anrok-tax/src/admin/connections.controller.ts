import { AnrokError } from '@anrok-nest/client';
import { TaxError } from '@anrok-nest/tax';
import { Body, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { AccountFeatures } from '../connection/account-features.js';
import { toTaxProblem } from '../mapping/to-tax-problem.js';
import { ConnectionRemovalService } from '../removal/connection-removal.service.js';
import { ConnectionService } from '../settings/connection.service.js';
import { AdminApi } from './admin-api.decorator.js';
import { CreateConnectionDto, DeleteConnectionDto, toConnectionView, UpdateConnectionDto } from './connection.dto.js';

/** The Anrok accounts that the host is connected to. */
@AdminApi('connections')
export class ConnectionsController {
  constructor(
    private readonly connections: ConnectionService,
    private readonly features: AccountFeatures,
    private readonly removal: ConnectionRemovalService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The connections, their keys masked.' })
  async list() {
    return { connections: (await this.connections.list()).map(toConnectionView) };
  }

  @Post()
  @ApiOperation({ summary: 'Adds a connection; its key is not tried.' })
  async create(@Body() body: CreateConnectionDto) {
    return toConnectionView(await this.connections.create(body));
  }

  @Get(':code')
  @ApiOperation({ summary: 'One of them.' })
  async show(@Param('code') code: string) {
    return toConnectionView(await this.connections.byCode(code));
  }

  @Patch(':code')
  @ApiOperation({ summary: 'Changes its name or exchanges its key, which is tried first unless `testKey` is false.' })
  async update(@Param('code') code: string, @Body() { testKey, ...changes }: UpdateConnectionDto) {
    return toConnectionView(await this.connections.update(code, changes, { testKey }));
  }

  /** The outcome of the test is the answer; only a connection that doesn't exist is an error. */
  @Post(':code/test')
  @ApiOperation({
    summary: 'Asks Anrok whether it takes the key: pauses the connection if not, and lets it go on if so.',
  })
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

  @Get(':code/features')
  @ApiOperation({
    summary: "Which optional features of Anrok's the account has; some are asked for, so it takes a moment.",
  })
  async listFeatures(@Param('code') code: string) {
    return { features: await this.features.of(await this.connections.byCode(code)) };
  }

  @Get(':code/dependents')
  @ApiOperation({ summary: 'What keeps the connection from being deleted, or would go with it.' })
  async dependents(@Param('code') code: string) {
    return this.removal.dependents(code);
  }

  @Delete(':code')
  @ApiOperation({ summary: 'Deletes the connection, and answers what went with it.' })
  async remove(@Param('code') code: string, @Query() { confirm }: DeleteConnectionDto) {
    return this.removal.remove(code, { confirmed: confirm === 'true' });
  }
}
