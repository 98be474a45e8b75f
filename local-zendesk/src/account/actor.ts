// Declares who changes the account, through which channel, and when.

/** The user id by which Zendesk names itself in audits and events. */
export const SYSTEM_ACTOR_ID = -1;

export interface Actor {
  /** User id; `SYSTEM_ACTOR_ID` is Zendesk itself. */
  id: number;
  /** Zendesk's channel words: `web` (default), `email`, `api`, `chat`, `mobile`, `rule`. */
  channel?: string | undefined;
  /** Epoch milliseconds; for back-dated seeds. Default: the account's clock. */
  at?: number | undefined;
}

export interface Clock {
  /** Epoch milliseconds. */
  now: () => number;
}
