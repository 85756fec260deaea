import type {
  ItemReference,
  TaxableLine,
  TaxAccount,
  TaxCustomer,
  TaxDocument,
  TaxDocumentKind,
} from '@anrok-nest/tax';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { ANROK } from '../mapping/to-tax-calculation.js';
import { AddressDto } from './customer.dto.js';

class AccountDto implements TaxAccount {
  @IsIn([ANROK]) readonly strategy: string = ANROK;
  @IsString() @IsNotEmpty() readonly code: string;
  @IsOptional() @IsString() @IsNotEmpty() readonly customerId?: string;
}

class CustomerDto implements TaxCustomer {
  @IsString() @IsNotEmpty() readonly id: string;
  @IsOptional() @IsString() readonly name?: string;
  @IsOptional() @ValidateNested() @Type(() => AddressDto) readonly shippingAddress?: AddressDto;
  @IsOptional() @ValidateNested() @Type(() => AddressDto) readonly billingAddress?: AddressDto;
  @IsArray() @ArrayMaxSize(100) @IsString({ each: true }) readonly taxIds: string[] = [];
  @IsOptional() @ValidateNested() @Type(() => AccountDto) readonly account?: AccountDto;
}

class ItemDto implements ItemReference {
  @IsString() @IsNotEmpty() readonly type: string;
  @IsString() @IsNotEmpty() readonly id: string;
}

class LineDto implements TaxableLine {
  @IsString() @IsNotEmpty() readonly id: string;
  @IsNotEmpty() @ValidateNested() @Type(() => ItemDto) readonly item: ItemDto;
  @IsInt() readonly amount: number;
  @IsOptional() @IsString() readonly quantity?: string;
  @IsBoolean() readonly taxIncluded: boolean = false;
}

/** A TaxDocument as JSON. What its fields mean stands there; what they have to be beyond their type is checked there. */
export class EstimateDto implements TaxDocument {
  @IsIn(['invoice', 'fee']) readonly kind: TaxDocumentKind = 'invoice';
  @IsString() readonly id: string = 'estimate';
  @IsString() readonly currency: string;
  @IsString() readonly accountingDate: string;
  @IsOptional() @IsString() readonly taxDate?: string;
  @IsNotEmpty() @ValidateNested() @Type(() => CustomerDto) readonly customer: CustomerDto;
  @IsArray() @ArrayMaxSize(10_000) @ValidateNested({ each: true }) @Type(() => LineDto) readonly lines: LineDto[];
}
