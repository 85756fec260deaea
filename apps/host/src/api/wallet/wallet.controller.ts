import { Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { Clock, type Wallet, WalletRefresher, WalletService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { PageInput, toPageRequest } from '../input/page.input.js';
import { QueryOf } from '../input/query-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toPageMeta } from '../page.serializer.js';
import {
  toWalletChanges,
  toWalletFilter,
  toWalletInput,
  WalletBody,
  WalletChangesBody,
  WalletListInput,
} from './wallet.input.js';
import { toWalletObject, toWalletTransactionObject } from './wallet.serializer.js';

@LagoController('wallets')
export class WalletController {
  constructor(
    private readonly wallets: WalletService,
    private readonly refresher: WalletRefresher,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  async create(@BodyOf('wallet') body: WalletBody) {
    return this.show(await this.wallets.create(toWalletInput(body)));
  }

  @Put(':lago_id')
  async update(@Param('lago_id') id: string, @BodyOf('wallet') body: WalletChangesBody) {
    return this.show(await this.wallets.update(id, toWalletChanges(body)));
  }

  /** An extension: the ongoing balance as of now. Without an answer to what the tax is, the wallet says so. */
  @Post(':lago_id/refresh')
  @HttpCode(200)
  async refresh(@Param('lago_id') id: string) {
    await this.refresher.refresh(id);
    return this.show(await this.wallets.find(id));
  }

  @Delete(':lago_id')
  async terminate(@Param('lago_id') id: string) {
    return this.show(await this.wallets.terminate(id));
  }

  @Get()
  async list(@QueryOf() query: WalletListInput) {
    const page = await this.wallets.list(toWalletFilter(query), toPageRequest(query));
    const now = this.clock.now();
    return { wallets: page.items.map((wallet) => toWalletObject(wallet, now)), meta: toPageMeta(page) };
  }

  @Get(':lago_id')
  async find(@Param('lago_id') id: string) {
    return this.show(await this.wallets.find(id));
  }

  @Get(':lago_id/wallet_transactions')
  async listTransactions(@Param('lago_id') id: string, @QueryOf() query: PageInput) {
    const page = await this.wallets.listTransactions(id, toPageRequest(query));
    return { wallet_transactions: page.items.map(toWalletTransactionObject), meta: toPageMeta(page) };
  }

  private show(wallet: Wallet) {
    return { wallet: toWalletObject(wallet, this.clock.now()) };
  }
}
