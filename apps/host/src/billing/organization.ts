/** This host bills for one organization, and has no table of them: it is the nil UUID wherever callers expect one. */
export const ORGANIZATION_ID = '00000000-0000-0000-0000-000000000000';
