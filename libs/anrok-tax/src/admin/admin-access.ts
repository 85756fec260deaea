import { type CanActivate, Logger, type Provider, type Type } from '@nestjs/common';
import { AnrokTaxConfigurationError } from '../options/configuration.error.js';
import { ADMIN_GUARD } from './admin.guard.js';

const EVERYBODY = 'everybody who reaches it may see and change everything';

/** Who may see and change the settings: whom a guard of the host's lets in, or, in words, everybody. */
export type AdminAccess =
  | { readonly guard: Type<CanActivate>; readonly allowUnauthenticated?: never }
  | { readonly guard?: never; readonly allowUnauthenticated: typeof EVERYBODY };

/** @throws AnrokTaxConfigurationError where nobody or two say who may: nothing is mounted then */
export function accessProvider({ guard, allowUnauthenticated }: AdminAccess): Provider {
  if (guard && allowUnauthenticated === undefined) return { provide: ADMIN_GUARD, useClass: guard };
  if (guard || allowUnauthenticated !== EVERYBODY)
    throw new AnrokTaxConfigurationError([
      `admin must have either a guard, the class of a CanActivate that decides who may see and change the settings, or allowUnauthenticated: '${EVERYBODY}', in these words.`,
    ]);
  return {
    provide: ADMIN_GUARD,
    useFactory: () => {
      new Logger('AnrokTaxModule').warn(`The admin API has no guard: ${EVERYBODY}.`);
      return { canActivate: () => true };
    },
  };
}
