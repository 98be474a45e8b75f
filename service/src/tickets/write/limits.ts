// Which numbers bound the work of the outbox?

export interface OutboxLimits {
  /** Tickets due at once up to which each gets a PUT of its own: quicker than a job, and the answer brings the new stamp. */
  handful: number;
  /** Zendesk takes 100 tickets a job. */
  rowsPerJob: number;
  /** Zendesk runs 30 jobs an account; other integrations need some. */
  jobsInFlight: number;
  /**
   * How long a claim holds: longer than the slowest write may take (token, write, 401, new token, write: 15 s each), so that only a dead
   * process loses it. After a crash what was under way waits as long.
   */
  leaseMs: number;
  /** Failures of its own after which an effect is parked: with the backoff below, about three hours. */
  attempts: number;
  /** Claims in a row during which the process died, after which an effect is parked without being tried again. */
  unfinished: number;
  backoffMs: number;
  longestBackoffMs: number;
  /** Retry of a ticket that we may not write: a person must act, and nothing is lost by waiting. */
  forbiddenMs: number;
  /** How often we ask whether Zendesk takes writes again, after an outage or a refused login. */
  probeMs: number;
  /** After this long `performEffects` begins nothing new, so that SIGTERM finds it soon at rest. */
  workMs: number;
  /** A job without an end after this long is given up; each of its tickets is looked up instead. */
  jobMs: number;
}

export const OUTBOX_LIMITS: OutboxLimits = {
  handful: 5,
  rowsPerJob: 100,
  jobsInFlight: 5,
  leaseMs: 75_000,
  attempts: 20,
  unfinished: 5,
  backoffMs: 2_000,
  longestBackoffMs: 600_000,
  forbiddenMs: 300_000,
  probeMs: 5_000,
  workMs: 8_000,
  jobMs: 600_000,
};
