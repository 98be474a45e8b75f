// Performs a kind of effect that needs one call per entry, which is enough for most kinds.

import { inParallel } from '../do-each.ts';
import type { Claimed, Entry } from './claim.ts';
import { type EffectDefinition, PERHAPS_PERFORMED } from './effect-definition.ts';
import { takeToken } from './rate.ts';
import { type EffectKind, type EffectLimits, effectKind, type Work } from './work.ts';

/** How an attempt ended. `reason`: for operators, without customers' words. */
export type Outcome =
  | { outcome: 'done' }
  /** No longer needed. */
  | { outcome: 'cancelled'; reason: string }
  /** Certainly not performed because of the effect itself: retried with growing delays, and dead-lettered after `limits.attempts`. */
  | { outcome: 'failed'; reason: string }
  /** Certainly not performed, and retrying would not help: dead-lettered at once. */
  | { outcome: 'refused'; reason: string }
  /** Certainly not performed for another reason (the external system is busy or unavailable): due again after `ms`, and no attempt is counted. */
  | { outcome: 'wait'; ms: number; reason: string }
  /** Perhaps performed: see `whenInDoubt`. A thrown error counts as this. */
  | { outcome: 'unknown'; reason: string };

export interface SimpleEffect<Payload> {
  /**
   * Performs the entries of one coalescing key (a single one if the kind has none) and returns the outcome for all of them. `inDoubt` of an
   * entry: an earlier attempt may have performed it.
   */
  readonly perform: (entries: readonly [Entry<Payload>, ...Entry<Payload>[]]) => Promise<Outcome>;
  /** At most `perMinute` attempts a minute, in all processes together; kinds with the same name share it. Omitted: no limit. */
  readonly rate?: { name: string; perMinute: () => number };
  /** Keys claimed at a time, and how many of them are performed concurrently. Default 20 and 4. */
  readonly batch?: { size: number; atOnce: number };
  readonly limits?: Partial<EffectLimits>;
}

export function simpleEffect<Payload>(
  definition: EffectDefinition<Payload>,
  effect: SimpleEffect<Payload>,
): EffectKind {
  const { size, atOnce } = effect.batch ?? { size: 20, atOnce: 4 };
  return effectKind(definition, {
    limits: effect.limits ?? {},
    round: async (work) => {
      for (const lane of ['urgent', 'retries', 'fresh'] as const) {
        if (work.stopping()) return 0;
        await inParallel(await work.claim(lane, size), atOnce, (group) =>
          performGroup(work, definition, effect, group),
        );
      }
      // One at a time and nothing in parallel: if the process dies again, the cause is clear.
      for (const suspects of await work.claim('suspects', 1)) await performGroup(work, definition, effect, suspects);
      return 0;
    },
  });
}

async function performGroup<Payload>(
  work: Work<Payload>,
  { whenInDoubt }: EffectDefinition<Payload>,
  { perform, rate }: SimpleEffect<Payload>,
  claimed: readonly Claimed<Payload>[],
): Promise<void> {
  let group = await work.deadLetterCrashing(claimed);
  if (whenInDoubt === 'dead_letter') {
    await work.deadLetter(
      group.filter((entry) => entry.inDoubt),
      `${PERHAPS_PERFORMED}: the service stopped, or the external system did not answer, in the middle of it`,
    );
    group = group.filter((entry) => !entry.inDoubt);
  }
  const [first, ...others] = group;
  if (!first) return;
  if (rate) {
    const budget = await takeToken(work.db, rate.name, rate.perMinute());
    if (!budget.granted) {
      await work.postpone(group, { ms: budget.waitMs, reason: 'waiting for its rate limit', counts: false });
      return;
    }
  }
  // The rest of the batch may have taken long: entries that are no longer ours are left to another process.
  if ((await work.mayPerform(group)).size < group.length) return;
  work.summary.writes += 1;
  const outcome = await perform([first, ...others]).catch(
    (error: unknown): Outcome => ({ outcome: 'unknown', reason: error instanceof Error ? error.name : 'an error' }),
  );
  await settle(work, group, outcome, whenInDoubt);
}

async function settle<Payload>(
  work: Work<Payload>,
  group: readonly Claimed<Payload>[],
  result: Outcome,
  whenInDoubt: EffectDefinition<Payload>['whenInDoubt'],
): Promise<void> {
  const failures = Math.max(...group.map(({ attempts }) => attempts)) + 1;
  switch (result.outcome) {
    case 'done':
      return work.performed(group);
    case 'cancelled':
      return work.cancel(group, result.reason);
    case 'refused':
      await work.deadLetter(group, result.reason);
      return;
    case 'wait':
      await work.postpone(group, { ms: result.ms, reason: result.reason, counts: false });
      return;
    case 'failed':
      await work.postpone(group, { ms: work.backoffMs(failures), reason: result.reason, counts: true });
      return;
    case 'unknown':
      if (whenInDoubt === 'dead_letter') await work.deadLetter(group, `${PERHAPS_PERFORMED}: ${result.reason}`);
      else await work.keepInDoubt(group, { ms: work.backoffMs(failures), reason: result.reason, counts: true });
  }
}
