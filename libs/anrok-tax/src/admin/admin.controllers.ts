import { BacklogController } from './backlog.controller.js';
import { ConnectionsController } from './connections.controller.js';
import { EstimatesController } from './estimates.controller.js';
import { RecordsController } from './records.controller.js';
import { ResyncsController } from './resyncs.controller.js';
import { SummaryController } from './summary.controller.js';

export const adminControllers = [
  BacklogController,
  ConnectionsController,
  EstimatesController,
  RecordsController,
  ResyncsController,
  SummaryController,
];
