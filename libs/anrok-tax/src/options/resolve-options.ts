import type { TaxDocumentReference } from '@anrok-nest/tax';
import {
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  Min,
  type ValidationError,
  ValidateNested,
  validateSync,
} from 'class-validator';
import type { AnrokTaxModuleOptions, HostEvents, RetryOptions, WorkerOptions } from './anrok-tax.options.js';
import { AnrokTaxConfigurationError } from './configuration.error.js';

const DAY_MS = 86_400_000;
const ANROK_API = 'https://api.anrok.com';

/** From one whole number to another, both allowed. */
function WholeNumber(least: number, most: number): PropertyDecorator {
  const message = `$property must be a whole number from ${least} to ${most}, not $value.`;
  return (target, property) => {
    IsInt({ message })(target, property);
    Min(least, { message })(target, property);
    Max(most, { message })(target, property);
  };
}

class ResolvedWorkerOptions implements WorkerOptions {
  @IsBoolean({ message: '$property must be true or false, not $value.' })
  enabled = true;
  @WholeNumber(1, 1_000)
  concurrency = 8;
  @WholeNumber(10, DAY_MS)
  pollIntervalMs = 1_000;
  @WholeNumber(1_000, DAY_MS)
  leaseMs = 60_000;
}

class ResolvedRetryOptions implements RetryOptions {
  @WholeNumber(1, DAY_MS)
  firstDelayMs = 1_000;
  @WholeNumber(1, DAY_MS)
  earlyCeilingMs = 30_000;
  @WholeNumber(1, DAY_MS)
  lateCeilingMs = 30 * 60_000;
  @WholeNumber(0, 365 * DAY_MS)
  giveUpAfterMs = 3 * DAY_MS;
}

/** The options as the module uses them: complete and checked. Also the token under which they are injected. */
export class AnrokTaxOptions {
  @Matches(/^([0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)$/, {
    message: '$property must be 32 bytes in base64 or hex; make one with: openssl rand -base64 32',
  })
  readonly encryptionKey: string;
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: '$property must be an address like https://api.anrok.com, not $value.' },
  )
  readonly baseUrl: string = ANROK_API;
  @IsOptional()
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: '$property must be an address like https://app.anrok.com, not $value.' },
  )
  readonly appUrl?: string;
  @Matches(/^[A-Za-z0-9._-]{1,40}$/, {
    message: '$property must be 1 to 40 letters, digits, dots, dashes or underscores, not $value.',
  })
  readonly transactionIdPrefix: string = 'host';
  @WholeNumber(1, DAY_MS)
  readonly requestTimeoutMs: number = 10_000;
  @WholeNumber(1, DAY_MS)
  readonly estimateTimeoutMs: number = 8_000;
  @WholeNumber(1, 10_000)
  readonly requestsPerSecond: number = 10;
  @ValidateNested()
  readonly worker: WorkerOptions;
  @ValidateNested()
  readonly retry: RetryOptions;
  @IsObject({ message: '$property must be an object of events, such as { invoiceFinalized: { name, subject } }.' })
  readonly events: HostEvents;

  private constructor(given: AnrokTaxModuleOptions) {
    Object.assign(this, withoutUndefined(given));
    if (this.baseUrl === ANROK_API) this.appUrl ??= 'https://app.anrok.com';
    this.worker = Object.assign(new ResolvedWorkerOptions(), withoutUndefined(given.worker ?? {}));
    this.retry = Object.assign(new ResolvedRetryOptions(), withoutUndefined(given.retry ?? {}));
    this.events = { ...DEFAULT_EVENTS, ...given.events };
  }

  /** Fills in the defaults. @throws AnrokTaxConfigurationError which names every wrong option and what to give */
  static from(given: AnrokTaxModuleOptions): AnrokTaxOptions {
    const options = new AnrokTaxOptions(given);
    const flaws = validateSync(options, { whitelist: true, forbidNonWhitelisted: true }).flatMap((e) => sentences(e));
    for (const [name, event] of Object.entries(options.events))
      if (!event?.name || typeof event.subject !== 'function')
        flaws.push(`events.${name} must have a name and a function subject(payload).`);
    if (flaws.length > 0) throw new AnrokTaxConfigurationError(flaws);
    return options;
  }
}

const DEFAULT_EVENTS: HostEvents = {
  invoiceFinalized: {
    name: 'invoice.finalized',
    subject: ({ invoiceId, customerId }: { invoiceId: string; customerId: string }): TaxDocumentReference => ({
      kind: 'invoice',
      id: invoiceId,
      customerId,
    }),
  },
  customerUpdated: {
    name: 'customer.updated',
    subject: ({ customerId }: { customerId: string }) => customerId,
  },
};

/** An option given as undefined is an option not given. */
function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function sentences(error: ValidationError, path = ''): string[] {
  const own = new Set(
    Object.entries(error.constraints ?? {}).map(([rule, message]) =>
      rule === 'whitelistValidation' ? `${path}${error.property} is not an option; remove it.` : `${path}${message}`,
    ),
  );
  return [...own, ...(error.children ?? []).flatMap((child) => sentences(child, `${path}${error.property}.`))];
}
