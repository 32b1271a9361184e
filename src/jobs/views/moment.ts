/** Milliseconds since 1970 as RFC 3339 in UTC. */
export const moment = (ms: number): string => new Date(ms).toISOString();

export const momentOrNull = (ms: number | null): string | null => (ms === null ? null : moment(ms));
