import { AnrokError } from '@anrok-nest/client';
import { Body, Get, Param, Post } from '@nestjs/common';
import { CreateConnectionDto } from '../../admin/connection.dto.js';
import { Clock } from '../../clock.js';
import { AccountFeatures } from '../../connection/account-features.js';
import type { Connection } from '../../connection/connection.entity.js';
import { ConnectionRemovalService } from '../../removal/connection-removal.service.js';
import { ConnectionService } from '../../settings/connection.service.js';
import { DashboardPage, SeeOther } from '../shell/dashboard-page.decorator.js';
import type { PagePlace } from '../shell/page-place.js';
import { Place } from '../shell/place.decorator.js';
import { AccountFeaturesPage } from './account-features.page.js';
import { DeleteConnectionFormDto, ExchangeKeyDto, RenameConnectionDto } from './connection-form.dto.js';
import { ConnectionStandings } from './connection-standings.js';
import { ConnectionPage } from './connection.page.js';
import { ConnectionsPage } from './connections.page.js';

/** The Anrok accounts: whether they work, their keys, and what would go with one that is deleted. */
@DashboardPage('connections')
export class ConnectionsController {
  constructor(
    private readonly clock: Clock,
    private readonly standings: ConnectionStandings,
    private readonly connections: ConnectionService,
    private readonly features: AccountFeatures,
    private readonly removal: ConnectionRemovalService,
  ) {}

  @Get()
  async list(@Place() place: PagePlace): Promise<string> {
    return ConnectionsPage({ place, standings: await this.standings.all(), now: this.clock.now() });
  }

  /** Tested at once; a key that Anrok does not take is shown as such on the connection's own page. */
  @Post()
  @SeeOther()
  async create(@Place() place: PagePlace, @Body() { code, name, apiKey }: CreateConnectionDto) {
    const connection = await this.connections.create({ code, name, apiKey });
    const isWorking = await this.isWorking(connection);
    return place.afterwards(`connections/${code}`, isWorking ? 'connected' : 'connected_untested');
  }

  @Get(':code')
  async show(@Place() place: PagePlace, @Param('code') code: string): Promise<string> {
    const connection = await this.connections.byCode(code);
    return ConnectionPage({ place, connection, dependents: await this.removal.dependents(code) });
  }

  /** Asks Anrok, and changes nothing there. */
  @Get(':code/features')
  async showFeatures(@Place() place: PagePlace, @Param('code') code: string): Promise<string> {
    const connection = await this.connections.byCode(code);
    return AccountFeaturesPage({ place, connection, features: await this.features.of(connection) });
  }

  @Post(':code/test')
  @SeeOther()
  async test(@Place() place: PagePlace, @Param('code') code: string) {
    await this.connections.test(await this.connections.byCode(code));
    return place.afterwards(`connections/${code}/features`, 'key_works');
  }

  @Post(':code/name')
  @SeeOther()
  async rename(@Place() place: PagePlace, @Param('code') code: string, @Body() { name }: RenameConnectionDto) {
    await this.connections.update(code, { name });
    return place.afterwards(`connections/${code}`, 'renamed');
  }

  @Post(':code/key')
  @SeeOther()
  async exchangeKey(@Place() place: PagePlace, @Param('code') code: string, @Body() { apiKey }: ExchangeKeyDto) {
    await this.connections.update(code, { apiKey }, { testKey: true });
    return place.afterwards(`connections/${code}`, 'key_exchanged');
  }

  @Post(':code/delete')
  @SeeOther()
  async remove(@Place() place: PagePlace, @Param('code') code: string, @Body() { typed }: DeleteConnectionFormDto) {
    await this.removal.remove(code, { confirmed: typed?.trim() === code });
    return place.afterwards('connections', 'disconnected');
  }

  private async isWorking(connection: Connection): Promise<boolean> {
    try {
      await this.connections.test(connection);
      return true;
    } catch (error) {
      if (error instanceof AnrokError) return false;
      throw error;
    }
  }
}
