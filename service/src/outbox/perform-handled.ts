// How do wishes of other kinds than ticket changes come true?
import { sql } from 'drizzle-orm';
import type { EffectHandlers, EffectOutcome } from './effect-handler.ts';
import type { HandledEffect } from './effects.ts';
import { inParallel, type Run } from './run.ts';
import { finishRows, keepInDoubt, postponeRows } from './settle-rows.ts';
import { handledEffectOf } from './stored-effect.ts';

/** Wishes taken at once, and how many of them are carried out at the same time. */
const BATCH = 20;
const WIDTH = 5;

interface Claimed {
  id: number;
  attempts: number;
  inDoubt: boolean;
  effect: HandledEffect;
}

/** Takes a batch of due wishes and hands each to its handler. False: none is due. */
export async function performHandled(run: Run): Promise<boolean> {
  const claimed = await claim(run);
  await inParallel(claimed, WIDTH, (one) => performOne(run, one));
  return claimed.length > 0;
}

async function claim(run: Run): Promise<Claimed[]> {
  const kinds = Object.keys(run.deps.handlers);
  type Raw = {
    id: number;
    attempts: number;
    kind: string;
    key: string;
    ticket_id: number;
    payload: unknown;
    in_doubt: boolean;
  };
  const { rows } = await run.deps.db.execute<Raw>(sql`
    WITH taken AS (
      SELECT id, state = 'in_flight' AS in_doubt FROM outbox
      WHERE kind IN ${kinds} AND ((state = 'waiting' AND due_at <= now()) OR (state = 'in_flight' AND claimed_until < now()))
      ORDER BY due_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    UPDATE outbox o SET state = 'in_flight', attempts = o.attempts + 1,
      claimed_until = now() + ${run.limits.leaseMs}::float8 * interval '1 millisecond'
    FROM taken WHERE o.id = taken.id
    RETURNING o.id::float8 AS id, o.attempts, o.kind, o.key, o.ticket_id::float8 AS ticket_id, o.payload, taken.in_doubt`);
  return rows.map((row) => ({
    id: row.id,
    attempts: row.attempts,
    inDoubt: row.in_doubt,
    effect: handledEffectOf({ kind: row.kind, key: row.key, ticketId: row.ticket_id, payload: row.payload }),
  }));
}

async function performOne(run: Run, claimed: Claimed): Promise<void> {
  const { db, logger } = run.deps;
  const { summary, limits } = run;
  const { id, effect, attempts } = claimed;
  const outcome = await callHandler(run, claimed);
  switch (outcome.outcome) {
    case 'done':
      await db.transaction(async (tx) => {
        await finishRows(tx, [id], 'done');
        await outcome.record?.(tx);
      });
      summary.done += 1;
      return;
    case 'cancel':
      await finishRows(db, [id], 'cancelled', outcome.reason);
      summary.cancelled += 1;
      return;
    case 'park':
      await finishRows(db, [id], 'parked', outcome.reason);
      summary.parked += 1;
      logger.warn({ outbox: id, kind: effect.kind }, 'Parked a wish');
      return;
    case 'retry':
    case 'thrown': {
      const settle = outcome.outcome === 'thrown' ? keepInDoubt : postponeRows;
      const ms = (outcome.outcome === 'retry' ? outcome.afterMs : undefined) ?? run.backoffMs(attempts);
      const parked = await settle(db, [id], { ms, reason: outcome.reason, counts: true, attempts: limits.attempts });
      summary.parked += parked;
      summary.postponed += 1 - parked;
    }
  }
}

type Ended = EffectOutcome | { outcome: 'thrown'; reason: string };

async function callHandler(run: Run, claimed: Claimed): Promise<Ended> {
  const { effect, id, inDoubt } = claimed;
  const handlers: EffectHandlers = run.deps.handlers;
  try {
    return await handlers[effect.kind]({ id, effect, attempts: claimed.attempts - 1, inDoubt });
  } catch (error) {
    run.deps.logger.error({ outbox: id, kind: effect.kind, err: error }, 'A handler of wishes failed');
    return { outcome: 'thrown', reason: error instanceof Error ? error.name : 'unknown error' };
  }
}
