/** After so many takeovers in a row, whatever ended those processes may be the document: it is a suspect. */
const SUSPICIOUS_TAKEOVERS = 2;

// conditions in SQL, each with one place: for the present moment

export const SUSPECT = `due_at <= ? and status = 'processing' and takeovers >= ${SUSPICIOUS_TAKEOVERS}`;

/**
 * What may be worked on beside other documents. By the moment alone: with statuses named, SQLite would look it up by
 * these, and sort all that is due for every claim.
 */
export const UNSUSPECTED = `due_at <= ? and (status <> 'processing' or takeovers < ${SUSPICIOUS_TAKEOVERS})`;
/** Of these, what was asked for. */
export const DIRECT = `${UNSUSPECTED} and resync_run is null`;
/** Of these, what a resync made due. */
export const OF_RESYNC = `${UNSUSPECTED} and resync_run is not null`;
