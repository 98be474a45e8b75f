// Declares a kind of effect: its payload, its order, and what to do about failures.
import type { SQL } from 'drizzle-orm';
import type { z } from 'zod';

/** 0: an agent is waiting at the screen. 1: a customer is waiting. 2: not urgent. Lower numbers are performed first. */
export type EffectPriority = 0 | 1 | 2;

/** How the reason of a dead-lettered entry begins that may have been performed. */
export const PERHAPS_PERFORMED = 'it may have been performed';

/** What recording and listing need of a kind; performing it needs more (see `effectKind`). */
export interface EffectDefinition<Payload> {
  /** Stored with each entry: must never change or be reused for another kind. */
  readonly name: string;
  /** For operators, as in "An update of a ticket in Zendesk". */
  readonly description: string;
  /** Validated whenever an entry is read, because another version of the service may have written it. */
  readonly payload: z.ZodType<Payload>;
  /** Default 2. */
  readonly priority?: (payload: Payload) => EffectPriority;
  /**
   * Entries with the same key are claimed together, and never by two processes at once. `subjectId`: the id of the entry's subject. Omitted: each
   * entry is performed alone.
   */
  readonly coalesceBy?: (entry: { subjectId: number | null; payload: Payload }) => string;
  /**
   * Whether an activation for new tickets or for one group covers an entry, as a condition on `a`, the row of `acting()`. Omitted: only
   * an activation for everything does.
   */
  readonly inScope?: (entry: { subjectId: SQL; payload: SQL }) => SQL;
  /**
   * What happens to an entry that may or may not have been performed, as when the process died in the middle. `retry`: the kind can find out,
   * or performing it twice has the same effect as once (an idempotency key). `dead_letter`: it is performed at most once, and an operator finds out.
   */
  readonly whenInDoubt: 'retry' | 'dead_letter';
  /** An entry that was only observed is never deleted: something is reserved until it ends. */
  readonly mustEnd?: true;
  /** What an operator should do about an entry that was dead-lettered for this reason. */
  readonly advise: (reason: string) => string;
}

/** How a kind is described to operators, and what happens to its entries on a retry. */
export type EffectDescription = Pick<
  EffectDefinition<never>,
  'name' | 'description' | 'advise' | 'whenInDoubt' | 'inScope'
>;
