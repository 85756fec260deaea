/**
 * Whether the same call can succeed at another time: `later` by itself, `after-fix` once somebody changed what the
 * remedy names, `never` as it stands.
 */
export type AnrokRetry = 'later' | 'after-fix' | 'never';

/**
 * What became of the request: `notSent` and `refused` changed nothing at Anrok; after `unknown`, Anrok may have
 * carried it out although no readable answer says so.
 */
export type AnrokOutcome = 'notSent' | 'refused' | 'unknown';
