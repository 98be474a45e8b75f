// Declares what is known of a kind of effect: its payload, its order, and what to do about failures.
import type { z } from 'zod';

/** 0: somebody waits before the screen. 1: a customer waits. 2: it has time. Lower ones are performed first. */
export type EffectPriority = 0 | 1 | 2;

/** What recording and listing need to know of a kind; performing it may need more (see `effectKind`). */
export interface EffectDefinition<Payload> {
  /** Stored with each entry: never changed, and never used again for something else. */
  readonly name: string;
  /** For operators, as in "An update of a ticket in Zendesk". */
  readonly description: string;
  /** Checked whenever an entry is read, because another version of the service may have written it. */
  readonly payload: z.ZodType<Payload>;
  /** Default 2. */
  readonly priority?: (payload: Payload) => EffectPriority;
  /**
   * Entries with the same key are claimed together, and never by two processes at a time. `subjectId`: what the entry is about. Left out: each
   * entry goes by itself.
   */
  readonly coalesceBy?: (entry: { subjectId: number | null; payload: Payload }) => string;
  /**
   * What becomes of an entry of which nobody knows whether it was performed, as when the process died in the middle of it. `retry`: the kind finds out,
   * or performing it twice is the same as once (an idempotency key). `dead_letter`: it is performed at most once, and a person finds out.
   */
  readonly whenInDoubt: 'retry' | 'dead_letter';
  /** What an operator should do about an entry that was dead-lettered for this reason. */
  readonly advise: (reason: string) => string;
}

/** What operators are told of a kind, and what becomes of its entries when they retry them. */
export type EffectDescription = Pick<EffectDefinition<never>, 'name' | 'description' | 'advise' | 'whenInDoubt'>;

export interface EffectLimits {
  /**
   * How long a claim holds, in milliseconds: longer than performing may take, so that only a dead process loses it. After a crash what was
   * under way waits as long.
   */
  leaseMs: number;
  /** Failures of its own after which an entry is dead-lettered. */
  attempts: number;
  /** Claims in a row during which the process died, after which an entry is dead-lettered without being tried again. */
  unfinished: number;
  /** Wait after the first failure, doubled with each further one, up to `longestBackoffMs`; half of it is jitter. */
  backoffMs: number;
  longestBackoffMs: number;
  /** After this long a run begins nothing new, so that SIGTERM finds it soon at rest. */
  workMs: number;
}
