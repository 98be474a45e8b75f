// Reads from Zendesk which tickets agents skipped in guided mode, and why.
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { daysBefore } from '../../platform/storage/delete-old-rows.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { takeBackgroundRead } from '../../tickets/index.ts';
import { type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';
import { storeSkips } from './store-skips.ts';

export const readSkipsJob = defineJob({
  name: 'read-skips',
  payload: NOTHING,
  schedule: { everyMs: 300_000, payload: {} },
});

/** Of an account with years of skips, the rest is read in later rounds. */
const PAGES_A_ROUND = 20;
/** Whoever changes the plan or the login's permissions is not kept waiting for long. */
const ASK_AGAIN_MS = 6 * 3_600_000;
const SETTING = 'skips';

const stateShape = z.object({
  /** Where the next read begins; null: at the beginning. */
  cursor: z.string().nullable(),
  /** When Zendesk last refused to list skips, in epoch milliseconds; null: it lists them. */
  refusedAt: z.number().nullable(),
});
type State = z.output<typeof stateShape>;

export interface SkipReaderDeps {
  readonly db: Database;
  readonly zendesk: Pick<Zendesk, 'listSkips'>;
  readonly policy: { readonly current: () => Pick<PolicyInForce, 'policy'> };
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly logger: Pick<Logger, 'warn' | 'debug'>;
  readonly signal: AbortSignal;
  /** Of the budget for background reads. Default: that of the service. */
  readonly readsPerMinute?: number;
}

/**
 * Reads what is new since the last round, page by page within the budget for background reads; each page is stored with the place where the
 * next one begins. While Zendesk refuses (the plan has no guided mode, or the login may not see reports), nothing is read and one warning is logged.
 * Throws database errors; the next round continues where this one stopped.
 */
export async function readNewSkips(deps: SkipReaderDeps): Promise<void> {
  const { db, clock, signal } = deps;
  for (let pages = 0; pages < PAGES_A_ROUND && !signal.aborted; pages += 1) {
    const state = (await readState(db)) ?? { cursor: null, refusedAt: null };
    if (state.refusedAt !== null && clock() - state.refusedAt < ASK_AGAIN_MS) return;
    if (!(await takeBackgroundRead(deps)).granted) return;
    if (!(await readPage(deps, state))) return;
  }
}

/** Returns whether there is more. */
async function readPage(deps: SkipReaderDeps, state: State): Promise<boolean> {
  const { db, zendesk, policy, clock } = deps;
  try {
    const { skips, cursor, hasMore } = await zendesk.listSkips(state.cursor);
    const since = daysBefore(new Date(clock()), policy.current().policy.retention.history);
    const next = { cursor: cursor ?? state.cursor, refusedAt: null };
    await db.transaction(async (tx) => {
      await storeSkips(tx, skips, since);
      await saveState(tx, next);
    });
    return hasMore && next.cursor !== state.cursor;
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    await noteRefusal(deps, state, error);
    return false;
  }
}

async function noteRefusal({ db, clock, logger }: SkipReaderDeps, state: State, error: ZendeskError): Promise<void> {
  const isRefused = !error.concernsAll && (error.kind === 'forbidden' || error.kind === 'not_found');
  if (isRefused) {
    await saveState(db, { ...state, refusedAt: clock() });
    if (state.refusedAt !== null) return;
    logger.warn(
      { status: error.status },
      'Zendesk does not list skipped tickets: its plan has no guided mode, or the login may not see reports; the dashboard shows no reasons of skips',
    );
    return;
  }
  // A cursor that Zendesk no longer takes: what was stored is known again by its id.
  if (error.kind === 'rejected' && state.cursor !== null) return saveState(db, { ...state, cursor: null });
  logger.debug({ kind: error.kind, status: error.status }, 'Skipped tickets could not be read; the next round does');
}

/** Null: nothing was read yet. */
async function readState(db: Queryable): Promise<State | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, SETTING));
  return stateShape.safeParse(row?.value).data ?? null;
}

async function saveState(db: Queryable, value: State): Promise<void> {
  await db
    .insert(settings)
    .values({ key: SETTING, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

/** Whether Zendesk lists skips, as far as known. */
export async function areSkipsKnown(db: Queryable): Promise<boolean> {
  const state = await readState(db);
  return state !== null && state.refusedAt === null;
}
