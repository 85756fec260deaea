import { Decimal, type JurisdictionTax, type TaxCalculation, toDecimalString } from '@anrok-nest/tax';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Command } from 'commander';
import { EstimateDto } from '../../admin/estimate.dto.js';
import { InvalidRequestError } from '../../admin/invalid-request.error.js';
import { PlainTextPipe } from '../../admin/plain-text.pipe.js';
import { AnrokTaxStrategy } from '../../strategy/anrok.tax-strategy.js';
import { FileNotJsonError } from '../cli.error.js';
import { readInput } from '../read-input.js';
import { reasonOf, type Runner } from '../session.js';
import { list, table } from '../terminal.js';

export function estimateCommand(program: Command, run: Runner): void {
  program
    .command('estimate')
    .argument('<file>', 'a document as JSON, as POST /estimates takes it; - for the standard input')
    .description('what a document would be taxed; records nothing')
    .action(
      run(async ({ terminal, withHost }, file: string) => {
        const document = toDocument(file, await readInput(file));
        await withHost(async (host) => {
          const tax = await host.get(AnrokTaxStrategy, { strict: false }).estimate(document);
          terminal.answer(tax, toText);
        });
      }),
    );
}

/** @throws FileNotJsonError, InvalidRequestError which names the fields */
export function toDocument(file: string, json: string): EstimateDto {
  const document = plainToInstance(EstimateDto, new PlainTextPipe().transform(parse(file, json)));
  const flaws = validateSync(document, { whitelist: true, forbidNonWhitelisted: true });
  if (flaws.length > 0) throw new InvalidRequestError(flaws);
  return document;
}

function parse(file: string, json: string): object {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new FileNotJsonError(file, `${reasonOf(error)}.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new FileNotJsonError(file, 'it holds no object.');
}

export function toText(tax: TaxCalculation): string {
  const { currency, lines } = tax;
  const money = (amount: number) => toDecimalString(amount, currency);
  const rows = lines.flatMap((line) =>
    (line.jurisdictions.length > 0 ? line.jurisdictions : [undefined]).map((jurisdiction, index) => [
      ...(index === 0 ? [line.id, money(line.amount)] : ['', '']),
      jurisdiction?.name ?? '-',
      jurisdiction ? whatOf(jurisdiction) : 'nothing to tax',
      jurisdiction && jurisdiction.treatment !== 'notTaxed' ? percent(jurisdiction.rate) : '',
      jurisdiction ? money(jurisdiction.taxAmount) : money(0),
    ]),
  );
  const columns = [
    { head: 'Line' },
    { head: 'Amount', align: 'right' as const },
    { head: 'Jurisdiction' },
    { head: 'Tax' },
    { head: 'Rate', align: 'right' as const },
    { head: 'Tax amount', align: 'right' as const },
  ];
  return `${table(columns, rows)}\n\n${totalsOf(tax, money)}`;
}

function totalsOf(tax: TaxCalculation, money: (amount: number) => string): string {
  const { currency, accuracy, preTaxAmount, taxIncludedAmount, taxAmountToCollect, totalAmount } = tax;
  const amounts = [preTaxAmount, taxIncludedAmount, taxAmountToCollect, totalAmount].map(money);
  const width = Math.max(...amounts.map((amount) => amount.length));
  const [before, included, toCollect, total] = amounts.map((amount) => `${amount.padStart(width)} ${currency}`);
  return list([
    ['Before tax', before!],
    ...(taxIncludedAmount === 0 ? [] : [['Tax included', included!] as const]),
    ['Tax to collect', toCollect!],
    ['Total', total!],
    ...(accuracy === 'exact' ? [] : [['Accuracy', accuracy] as const]),
  ]);
}

const REASONS: Readonly<Record<NonNullable<JurisdictionTax['notTaxedReason']>, string>> = {
  reverseCharge: 'reverse charge',
  customerExempt: 'customer exempt',
  transactionExempt: 'transaction exempt',
  exempt: 'exempt',
  productNotTaxed: 'product not taxed',
  jurisHasNoTax: 'has no tax',
  notCollecting: 'not collecting',
  other: 'not taxed',
};

function whatOf({ taxName, treatment, notTaxedReason, notTaxedDetail }: JurisdictionTax): string {
  if (treatment === 'notTaxed') return notTaxedDetail ?? REASONS[notTaxedReason ?? 'other'];
  if (treatment === 'included') return `${taxName} (included)`;
  return treatment === 'paidBySeller' ? `${taxName} (paid by seller)` : taxName;
}

/** 0.0481 → 4.81 %, exact. */
function percent(rate: string): string {
  return `${new Decimal(rate).shiftedBy(2).toFixed()} %`;
}
