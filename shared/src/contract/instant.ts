// Declares how the contract writes points in time.

/** ISO 8601 with milliseconds, UTC. */
export type Instant = string;
