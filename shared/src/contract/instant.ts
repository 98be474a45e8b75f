// How are moments written?

/** ISO 8601 with milliseconds, UTC. */
export type Instant = string;
