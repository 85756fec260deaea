import { AnrokCallFailedError } from '../connection/anrok-call.error.js';

/** Anrok refused an estimate or did not answer in time. */
export class EstimateFailedError extends AnrokCallFailedError {}
