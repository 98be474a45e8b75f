// Declares a kind of effect that can be performed, and gives it claiming and settling, counting the outcomes.
import type { SQL } from 'drizzle-orm';
import type { Logger } from '../logging/logger.ts';
import type { Database, Queryable } from '../storage/database.ts';
import { isCovered } from './activation.ts';
import { type Claimed, type ClaimedJob, claimEntries, claimJobOutside, countJobsOutside } from './claim.ts';
import { countDue, type DueWork, type Lane, readDueWork } from './due.ts';
import type { EffectDefinition } from './effect-definition.ts';
import * as entries from './settle.ts';

/** The results of a run, in entries. */
export interface Summary {
  done: number;
  cancelled: number;
  deadLettered: number;
  /** Waiting again: failed, or the external system was busy or unavailable. */
  postponed: number;
  /** External calls that changed something, or may have. */
  writes: number;
}

export interface WorkDeps {
  db: Database;
  logger: Logger;
  limits: EffectLimits;
  summary: Summary;
  /** From 0 to 1, for jitter. */
  random: () => number;
  /** Receives every claim. */
  claimed: Claimed<unknown>[];
  /** Aborted when the process stops: end between two calls. */
  signal: AbortSignal | undefined;
}

type Again = Omit<entries.Postponement, 'attempts'>;

/** One kind's part of a run: its claims, and its outcomes counted in `summary`. */
export interface Work<Payload> {
  readonly db: Database;
  readonly logger: Logger;
  readonly limits: EffectLimits;
  readonly summary: Summary;
  readonly stopping: () => boolean;
  /** Wait before the next attempt after this many failures: doubles up to a limit, half of it jitter. Milliseconds. */
  readonly backoffMs: (failures: number) => number;
  /** Claims entries of up to `groups` coalescing keys, by key, for `limits.leaseMs`. */
  readonly claim: (lane: Lane, groups: number) => Promise<Claimed<Payload>[][]>;
  /** What could be claimed, the fresh counted up to `most`. */
  readonly dueWork: (most: number) => Promise<DueWork>;
  /** Coalescing keys that could be claimed, counted up to `most`. */
  readonly countDue: (lane: Lane, most: number) => Promise<number>;
  /** The external job that is due for a check. */
  readonly claimJob: () => Promise<ClaimedJob<Payload> | null>;
  readonly countJobs: () => Promise<number>;
  /** Extends the claims by `ms` (default: a lease). Returns the ids of those that are still ours. */
  readonly renew: (claims: readonly Claimed<Payload>[], ms?: number) => Promise<Set<number>>;
  /**
   * Call it just before performing: extends the claims, and returns the ids of those that are still ours and may be performed. None once
   * Deskwright was told to pause; the claims are then released.
   */
  readonly mayPerform: (claims: readonly Claimed<Payload>[]) => Promise<Set<number>>;
  readonly done: (claims: readonly Claimed<Payload>[]) => Promise<void>;
  /** Confirmed by the external system, whoever has claimed them since. `within` runs first, in the same transaction. */
  readonly performed: (claims: readonly Claimed<Payload>[], within?: (tx: Queryable) => Promise<void>) => Promise<void>;
  readonly cancel: (claims: readonly Claimed<Payload>[], reason: string) => Promise<void>;
  /** Returns how many were still ours. */
  readonly deadLetter: (claims: readonly Claimed<Payload>[], reason: string) => Promise<number>;
  /**
   * Dead-letters the first entry of a group when the process died during it repeatedly, since it would crash the next process too; returns
   * the others. Since entries are performed one by one, only the first of a group can be the cause.
   */
  readonly deadLetterCrashing: (group: readonly Claimed<Payload>[]) => Promise<readonly Claimed<Payload>[]>;
  /** Certainly not performed. */
  readonly postpone: (claims: readonly Claimed<Payload>[], how: Again) => Promise<entries.Postponed>;
  /** Perhaps performed. */
  readonly keepInDoubt: (claims: readonly Claimed<Payload>[], how: Again) => Promise<entries.Postponed>;
  /** Counts a failure after all for entries that were just postponed without one. */
  readonly countFailure: (claims: readonly Claimed<Payload>[]) => Promise<void>;
  /** Makes entries that were just postponed due at once. */
  readonly makeDueNow: (claims: readonly Claimed<Payload>[]) => Promise<void>;
}

export function createWork<Payload>(deps: WorkDeps, definition: EffectDefinition<Payload>): Work<Payload> {
  const { db, logger, limits, summary, random, signal } = deps;
  const { attempts, leaseMs } = limits;
  /** Entries are settled in parallel: `summary.done += await ...` would read the count before it waits, and lose what others add. */
  const count = (counts: Partial<Summary>) => {
    for (const key of Object.keys(counts) as (keyof Summary)[]) summary[key] += counts[key] ?? 0;
  };
  const again =
    (settle: typeof entries.postpone): Work<Payload>['postpone'] =>
    async (claims, how) => {
      const settled = await settle(db, claims, { ...how, attempts });
      count(settled);
      if (settled.deadLettered > 0)
        logger.warn(
          { outbox: idsOf(claims), kind: definition.name },
          'Dead-lettered effects that failed again and again',
        );
      return settled;
    };
  /** Retrying helps once every process runs a version that can read them. */
  const setAsideUnreadable = async (unreadable: readonly Claimed<unknown>[]) => {
    if (unreadable.length === 0) return;
    count({ deadLettered: await entries.finish(db, unreadable, 'dead_lettered', UNREADABLE) });
    logger.error(
      { outbox: idsOf(unreadable), kind: definition.name },
      'Dead-lettered effects whose payload this version cannot read',
    );
  };
  const kind = { name: definition.name, isCovered: isCovered(definition) };
  return {
    db,
    logger,
    limits,
    summary,
    stopping: () => signal?.aborted ?? false,
    backoffMs: (failures) =>
      Math.min(limits.longestBackoffMs, limits.backoffMs * 2 ** Math.max(0, failures - 1)) * (0.5 + random() / 2),
    claim: async (lane, groups) => {
      const claimed = await claimEntries(db, definition, { lane, groups, leaseMs });
      deps.claimed.push(...claimed.groups.flat());
      await setAsideUnreadable(claimed.unreadable);
      return claimed.groups;
    },
    dueWork: (most) => readDueWork(db, kind, most),
    countDue: (lane, most) => countDue(db, kind, lane, most),
    claimJob: async () => {
      const job = await claimJobOutside(db, definition, leaseMs);
      if (job) await setAsideUnreadable(job.unreadable);
      return job;
    },
    countJobs: () => countJobsOutside(db, definition.name),
    renew: (claims, ms = leaseMs) => entries.renewLeases(db, claims, ms),
    mayPerform: async (claims) => {
      const { ours, uncovered } = await entries.renewToPerform(db, claims, { leaseMs, isCovered: kind.isCovered });
      await entries.releasePaused(
        db,
        claims.filter(({ id }) => uncovered.has(id)),
      );
      return ours;
    },
    done: async (claims) => {
      count({ done: await entries.finish(db, claims, 'done') });
    },
    performed: async (claims, within) => {
      const done = within
        ? await db.transaction(async (tx) => {
            await within(tx);
            return entries.finishPerformed(tx, claims);
          })
        : await entries.finishPerformed(db, claims);
      count({ done });
    },
    cancel: async (claims, reason) => {
      count({ cancelled: await entries.finish(db, claims, 'cancelled', reason) });
    },
    deadLetter: async (claims, reason) => {
      const deadLettered = await entries.finish(db, claims, 'dead_lettered', reason);
      count({ deadLettered });
      return deadLettered;
    },
    deadLetterCrashing: async (group) => {
      const [first, ...others] = group;
      if (!first || first.unfinished < limits.unfinished) return group;
      const reason = `the service ended ${first.unfinished} times in a row while performing this`;
      count({ deadLettered: await entries.finish(db, [first], 'dead_lettered', reason) });
      logger.error(
        { outbox: first.id, kind: definition.name },
        'Dead-lettered an effect that kept crashing the service',
      );
      return others;
    },
    postpone: again(entries.postpone),
    keepInDoubt: again(entries.keepInDoubt),
    countFailure: async (claims) => {
      const { deadLettered } = await entries.countFailure(db, claims, attempts);
      count({ deadLettered, postponed: -deadLettered });
    },
    makeDueNow: (claims) => entries.makeDueNow(db, claims),
  };
}

const UNREADABLE = 'this version cannot read its payload; another version may have written it';

const idsOf = (claims: readonly { id: number }[]): number[] => claims.map(({ id }) => id);

export interface EffectLimits {
  /**
   * How long a claim lasts, in milliseconds: longer than performing may take, so that only a dead process loses it. After a crash, running
   * entries wait this long.
   */
  leaseMs: number;
  /** Counted failures after which an entry is dead-lettered. */
  attempts: number;
  /** Consecutive claims during which the process died, after which an entry is dead-lettered without another attempt. */
  unfinished: number;
  /** Wait after the first failure, doubled with each further one, up to `longestBackoffMs`; half of it is jitter. */
  backoffMs: number;
  longestBackoffMs: number;
  /** After this long a run starts nothing new, so that it can stop soon after SIGTERM. */
  workMs: number;
}

/** With this backoff, twenty attempts take about three hours. */
const EFFECT_LIMITS: EffectLimits = {
  leaseMs: 75_000,
  attempts: 20,
  unfinished: 5,
  backoffMs: 2_000,
  longestBackoffMs: 600_000,
  workMs: 8_000,
};

/** A kind that can be performed; `createOutbox` takes a list of them. */
export interface EffectKind {
  readonly name: string;
  readonly description: string;
  readonly advise: (reason: string) => string;
  readonly limits: EffectLimits;
  /** Whether the entry `o` may be performed by `a`, the row of `acting()`. */
  readonly isCovered: SQL;
  /** See `EffectDefinition`. */
  readonly mustEnd: boolean;
  /** Performs due entries once. Returns how many milliseconds to wait although something is due; 0 if another round can start at once. */
  readonly round: (open: OpenWork) => Promise<number>;
}

/** Passes a kind its `Work`, typed by its payload. */
type OpenWork = <Payload>(definition: EffectDefinition<Payload>) => Work<Payload>;

/**
 * A kind with its own procedure: `round` claims entries through `work` and settles what it has claimed. Kinds that need
 * only one call per entry use `simpleEffect`.
 */
export function effectKind<Payload>(
  definition: EffectDefinition<Payload>,
  { limits = {}, round }: { limits?: Partial<EffectLimits>; round: (work: Work<Payload>) => Promise<number> },
): EffectKind {
  return {
    name: definition.name,
    description: definition.description,
    advise: definition.advise,
    limits: { ...EFFECT_LIMITS, ...limits },
    isCovered: isCovered(definition),
    mustEnd: definition.mustEnd ?? false,
    round: (open) => round(open(definition)),
  };
}
