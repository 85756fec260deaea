/**
 * Provided by a global module of the host's, it keeps this process from working, whatever the options say: documents,
 * resyncs and the schedule are left to the others. For commands and scripts that look at a host or change a setting.
 */
export const WORKER_OFF = Symbol('ANROK_TAX_WORKER_OFF');
