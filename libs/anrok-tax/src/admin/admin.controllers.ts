import { ConnectionsController } from './connections.controller.js';
import { EstimatesController } from './estimates.controller.js';
import { RecordsController } from './records.controller.js';

export const adminControllers = [ConnectionsController, EstimatesController, RecordsController];
