import {
  ConfigurableModuleBuilder,
  type DynamicModule,
  type ModuleMetadata,
  type Provider,
  type Type,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { type AdminAccess, accessProvider } from './admin/admin-access.js';
import { adminControllers } from './admin/admin.controllers.js';
import { OpenApiDocument } from './admin/openapi/openapi.document.js';
import { dashboardControllers, dashboardProviders } from './dashboard/dashboard.js';
import { DASHBOARD_OPTIONS, type DashboardOptions, type HostLink } from './dashboard/shell/dashboard.options.js';
import { BillingHost } from './host/billing-host.js';
import type { AnrokTaxModuleOptions } from './options/anrok-tax.options.js';
import { AnrokTaxConfigurationError } from './options/configuration.error.js';

/**
 * What the module is made of. Static, unlike its options: which providers and routes there are has to be known before
 * any factory runs.
 */
export interface AnrokTaxModuleExtras {
  /** The host's side of the contract. Required. */
  billingHost?: Type<BillingHost>;
  /** Modules that provide what `billingHost` and the admin guard need. */
  imports?: ModuleMetadata['imports'];
  /**
   * The admin API and the dashboard, behind the host's guard, or open to everybody where that is said in words. Not
   * mounted when absent.
   */
  admin?: AdminExtras;
  /** Default true. */
  isGlobal?: boolean;
}

export type AdminExtras = AdminAccess & {
  /** First part of the routes. Default `anrok`: the dashboard at `/anrok`, the API at `/anrok/api/…`. */
  readonly path?: string;
  /** Whether the dashboard's pages are mounted beside the API. Default true. */
  readonly dashboard?: boolean;
  /**
   * Where somebody is sent who asks for a page and is refused with 401: the host's own sign-in page, such as
   * `/sign-in`. It is given the address to come back to as `?next=`. Default: a page that says so.
   */
  readonly signIn?: string;
  /** Pages of the host's own, such as its webhooks, to be shown among the dashboard's settings. Default none. */
  readonly links?: readonly HostLink[];
};

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<AnrokTaxModuleOptions>({
  moduleName: 'AnrokTax',
})
  .setClassMethodName('forRoot')
  .setExtras<AnrokTaxModuleExtras>(
    { billingHost: undefined, imports: undefined, admin: undefined, isGlobal: true },
    shape,
  )
  .build();

function shape(definition: DynamicModule, { billingHost, imports, admin, isGlobal }: AnrokTaxModuleExtras) {
  if (!billingHost)
    throw new AnrokTaxConfigurationError(['billingHost must be the class by which the host implements BillingHost.']);
  const routes = RouterModule.register([{ path: admin?.path ?? 'anrok', module: definition.module }]);
  return {
    ...definition,
    global: isGlobal ?? true,
    imports: [...(definition.imports ?? []), ...(imports ?? []), ...(admin ? [routes] : [])],
    controllers: admin ? [...adminControllers, ...(admin.dashboard === false ? [] : dashboardControllers)] : [],
    providers: [
      ...(definition.providers ?? []),
      { provide: BillingHost, useClass: billingHost },
      ...(admin ? [accessProvider(admin), OpenApiDocument, ...pageProviders(admin)] : []),
    ],
  };
}

function pageProviders({ dashboard = true, signIn, links = [] }: AdminExtras): Provider[] {
  const options: DashboardOptions = { signIn: signIn ?? null, links };
  return dashboard ? [{ provide: DASHBOARD_OPTIONS, useValue: options }, ...dashboardProviders] : [];
}
