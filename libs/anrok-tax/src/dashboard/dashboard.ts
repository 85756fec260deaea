import { AssetsController } from './assets/assets.controller.js';
import { DocumentsController } from './documents/documents.controller.js';
import { ConnectionStandings } from './connections/connection-standings.js';
import { ConnectionsController } from './connections/connections.controller.js';
import { MappingFilesController } from './mappings/mapping-files.controller.js';
import { MappingsController } from './mappings/mappings.controller.js';
import { ProductsController } from './mappings/products.controller.js';
import { CertificatesController } from './customers/certificates.controller.js';
import { CustomersController } from './customers/customers.controller.js';
import { OverviewController } from './overview/overview.controller.js';
import { OverviewService } from './overview/overview.service.js';
import { ResyncsController } from './resyncs/resyncs.controller.js';
import { SettingsController } from './settings/settings.controller.js';

/**
 * The dashboard's pages. A new one is a folder here with
 *
 * - a controller: `@DashboardPage('things')`, whose `@Get()` answers a page and whose `@Post() @SeeOther()` answers
 *   `place.afterwards('things', 'notice')`,
 * - a page: a function that answers `<Layout place={place} title="Things">…</Layout>`, made of what `parts/` has,
 *
 * and a line each here, in `shell/navigation.ts` and, for what it says after a form, in `shell/notice.ts`. Text that
 * comes from anywhere goes into an element with `safe`, which escapes it; `npm run lint` finds where it is missing.
 */
export const dashboardControllers = [
  AssetsController,
  OverviewController,
  DocumentsController,
  ResyncsController,
  ConnectionsController,
  MappingsController,
  MappingFilesController,
  ProductsController,
  CustomersController,
  CertificatesController,
  SettingsController,
];

/** What they need besides the module's own services. */
export const dashboardProviders = [OverviewService, ConnectionStandings];
