import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { WalletService } from '../../billing/index.js';
import { BodyOf } from '../input/body-of.decorator.js';
import { LagoController } from '../lago.controller.js';
import { toTopUp, WalletTransactionBody } from './wallet.input.js';
import { toWalletTransactionObject } from './wallet.serializer.js';

@LagoController('wallet_transactions')
export class WalletTransactionController {
  constructor(private readonly wallets: WalletService) {}

  @Post()
  @HttpCode(200)
  async create(@BodyOf('wallet_transaction') body: WalletTransactionBody) {
    const added = await this.wallets.topUp(body.wallet_id, toTopUp(body));
    return { wallet_transactions: added.map(toWalletTransactionObject) };
  }

  @Get(':lago_id')
  async find(@Param('lago_id') id: string) {
    return { wallet_transaction: toWalletTransactionObject(await this.wallets.findTransaction(id)) };
  }
}
