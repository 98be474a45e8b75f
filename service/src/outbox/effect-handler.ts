// What must somebody do who carries out one kind of wish?
import type { Queryable } from '../storage/database.ts';
import type { EffectKind, HandledEffect } from './effects.ts';

/** How one try ended. What is thrown counts as `retry` with backoff. */
export type EffectOutcome =
  /** `record` runs in the transaction that marks the row done: what must become durable together with it. */
  | { outcome: 'done'; record?: (tx: Queryable) => Promise<void> }
  /** `afterMs` absent: exponential backoff. `reason` must hold no customer's words. */
  | { outcome: 'retry'; reason: string; afterMs?: number }
  | { outcome: 'park'; reason: string }
  | { outcome: 'cancel'; reason: string };

export interface ClaimedEffect<E extends HandledEffect = HandledEffect> {
  id: number;
  effect: E;
  /** Tries before this one that failed. */
  attempts: number;
  /** An earlier try ended without saying how (the process died): what it did outside may have happened. */
  inDoubt: boolean;
}

export type EffectHandler<E extends HandledEffect = HandledEffect> = (
  claimed: ClaimedEffect<E>,
) => Promise<EffectOutcome>;

/** One handler for each kind but `ticket_change`, which the outbox carries out itself. */
export type EffectHandlers = {
  [K in Exclude<EffectKind, 'ticket_change'>]: EffectHandler<Extract<HandledEffect, { kind: K }>>;
};
