import { BacklogController } from './backlog.controller.js';
import { CertificatesController } from './certificates.controller.js';
import { ConnectionsController } from './connections.controller.js';
import { CustomerLinksController } from './customer-links.controller.js';
import { CustomersController } from './customers.controller.js';
import { EstimatesController } from './estimates.controller.js';
import { DocsController } from './openapi/docs.controller.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { CoverageController } from './coverage.controller.js';
import { MappingsController } from './mappings.controller.js';
import { ProductsController } from './products.controller.js';
import { RecordsController } from './records.controller.js';
import { ResyncsController } from './resyncs.controller.js';
import { SummaryController } from './summary.controller.js';

export const adminControllers = [
  BacklogController,
  CertificatesController,
  ConnectionsController,
  CustomerLinksController,
  CustomersController,
  DocsController,
  EstimatesController,
  OpenApiController,
  CoverageController,
  MappingsController,
  ProductsController,
  RecordsController,
  ResyncsController,
  SummaryController,
];
