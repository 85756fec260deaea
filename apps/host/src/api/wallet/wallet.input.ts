import { Decimal } from '@anrok-nest/tax';
import { IsArray, IsNotEmpty, IsOptional } from 'class-validator';
import {
  InvalidInputError,
  toDecimalText,
  type TopUp,
  type WalletChanges,
  type WalletFilter,
  type WalletInput,
} from '../../billing/index.js';
import { IsDecimalText } from '../input/decimal-text.decorator.js';
import { IsMoment, toMoment } from '../input/moment.js';
import { IsCurrency } from '../input/money.decorator.js';
import { PageInput } from '../input/page.input.js';
import { OptionalText, Text } from '../input/text.decorator.js';

/** `PUT /wallets/:lago_id` */
export class WalletChangesBody {
  @OptionalText()
  readonly name?: string | null;

  @IsOptional()
  @IsMoment()
  readonly expiration_at?: string | null;

  @IsOptional()
  @IsArray()
  readonly recurring_transaction_rules?: readonly unknown[] | null;
}

/** `POST /wallets` */
export class WalletBody extends WalletChangesBody {
  @Text()
  readonly external_customer_id: string;

  /** What a credit is worth, in major units. */
  @IsNotEmpty()
  @IsDecimalText()
  readonly rate_amount: string | number;

  @IsOptional()
  @IsCurrency()
  readonly currency?: string | null;

  @IsOptional()
  @IsDecimalText()
  readonly paid_credits?: string | number | null;

  @IsOptional()
  @IsDecimalText()
  readonly granted_credits?: string | number | null;

  @OptionalText()
  readonly transaction_name?: string | null;
}

/** `POST /wallet_transactions` */
export class WalletTransactionBody {
  @Text()
  readonly wallet_id: string;

  @OptionalText()
  readonly name?: string | null;

  @IsOptional()
  @IsDecimalText()
  readonly paid_credits?: string | number | null;

  @IsOptional()
  @IsDecimalText()
  readonly granted_credits?: string | number | null;

  @IsOptional()
  @IsDecimalText()
  readonly voided_credits?: string | number | null;
}

/** `GET /wallets` */
export class WalletListInput extends PageInput {
  @OptionalText()
  readonly external_customer_id?: string | null;

  @OptionalText()
  readonly currency?: string | null;
}

export function toWalletInput(body: WalletBody): WalletInput {
  return {
    ...toWalletChanges(body),
    customerId: body.external_customer_id,
    currency: body.currency,
    rateAmount: toDecimalText(body.rate_amount)!,
    topUp: toCredits(body, body.transaction_name),
  };
}

/** @throws InvalidInputError for what this billing can't do: to take it and do nothing would be worse */
export function toWalletChanges(body: WalletChangesBody): WalletChanges {
  if (body.recurring_transaction_rules && body.recurring_transaction_rules.length > 0)
    throw new InvalidInputError({ recurringTransactionRules: ['feature_not_available'] });
  const expiresAt = body.expiration_at === null ? null : toMoment(body.expiration_at);
  return { name: body.name, ...(expiresAt !== undefined && { expiresAt }) };
}

/** @throws InvalidInputError likewise */
export function toTopUp(body: WalletTransactionBody): TopUp {
  if (!new Decimal(toDecimalText(body.voided_credits) ?? 0).isZero())
    throw new InvalidInputError({ voidedCredits: ['feature_not_available'] });
  return toCredits(body, body.name);
}

export function toWalletFilter({ external_customer_id, currency }: WalletListInput): WalletFilter {
  return {
    ...(external_customer_id && { customerId: external_customer_id }),
    ...(currency && { currency }),
  };
}

type CreditsBody = Pick<WalletTransactionBody, 'paid_credits' | 'granted_credits'>;

function toCredits(body: CreditsBody, name: string | null | undefined): TopUp {
  return {
    paidCredits: toDecimalText(body.paid_credits),
    grantedCredits: toDecimalText(body.granted_credits),
    name,
  };
}
