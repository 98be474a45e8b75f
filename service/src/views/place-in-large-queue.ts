// Computes a ticket's place in the queue of its tier, at the same cost for any queue length.

import { asc, sql } from 'drizzle-orm';
import { REST } from '../decide/queue-band.ts';
import type { Queryable } from '../platform/storage/database.ts';
import { readRows } from '../platform/storage/joined-queries.ts';
import { tickets } from '../tickets/index.ts';
import { inQueue, type Place, placeOf, placeRows, WHOLE_QUEUE } from './queue-order.ts';

interface Queue {
  readonly tier: string | null;
  readonly notIn: readonly number[];
}

interface Waiting extends Queue {
  readonly waitingSince: Date;
  readonly groupId: number | null;
  /** Default: the rest. */
  readonly queueBand?: number;
}

/** Some places of a queue at one moment; a ticket's place is counted from the nearest one before it. */
interface Snapshot {
  readonly madeAt: number;
  readonly of: number;
  /** In the queue's order; each band begins with one. `since` as PostgreSQL prints it, because a Date is less precise. */
  readonly marks: readonly {
    readonly place: number;
    readonly since: string;
    readonly id: number;
    readonly at: number;
    readonly band: number;
  }[];
}

/** Queues of at most this many tickets are counted for each card. */
const COUNTED = 1_000;
const APART = 500;
/** Milliseconds. A snapshot of 300,000 waiting tickets takes about 100. */
const RENEWED_AFTER = 5_000;
/** A card waits for a new snapshot when the last one is older than this. */
const TOO_OLD = 10_000;

const snapshots = new WeakMap<Queryable, Map<string, { last: Snapshot | null; next: Promise<Snapshot> | null }>>();

/**
 * The part of the queue in which a ticket's place is counted (`placeRows`): all of a short queue. In a queue of over 1,000 tickets,
 * changes elsewhere in the queue during the last five seconds (at most ten) may not be counted yet.
 */
export async function partToCount(db: Queryable, ticket: Waiting) {
  const snapshot = await snapshotOf(db, ticket);
  if (snapshot.of <= COUNTED) return WHOLE_QUEUE;
  const { notIn, groupId } = ticket;
  const at = ticket.waitingSince.getTime();
  const { queueBand: band = REST } = ticket;
  const mark = snapshot.marks.findLast((each) => each.band === band && each.at < at);
  const { since, id } = mark ?? WHOLE_QUEUE;
  // Without a mark before it, the band is counted from its beginning: before that are the earlier bands.
  const first = mark ?? snapshot.marks.find((each) => each.band >= band);
  const isBeside = groupId !== null && notIn.includes(groupId);
  return {
    since,
    id,
    toEnd: false,
    before: first === undefined ? snapshot.of : first.place - 1,
    of: snapshot.of + (isBeside ? 1 : 0),
  };
}

/** As `placeInQueue`, at the same cost however long the queue is. @internal */
export async function placeInLargeQueue(db: Queryable, ticket: Waiting & { id: number }): Promise<Place | null> {
  const [row] = await readRows(
    db,
    placeRows({ ...ticket, band: ticket.queueBand ?? REST }, await partToCount(db, ticket)),
  );
  return placeOf(row);
}

async function snapshotOf(db: Queryable, queue: Queue): Promise<Snapshot> {
  const ofDatabase = snapshots.get(db) ?? new Map();
  snapshots.set(db, ofDatabase);
  const name = JSON.stringify([queue.tier, queue.notIn.toSorted((a, b) => a - b)]);
  const held = ofDatabase.get(name) ?? { last: null, next: null };
  ofDatabase.set(name, held);
  const age = held.last === null ? Number.POSITIVE_INFINITY : performance.now() - held.last.madeAt;
  if (age < RENEWED_AFTER) return held.last;
  held.next ??= makeSnapshot(db, queue)
    .then((made) => (held.last = made))
    .finally(() => {
      held.next = null;
    });
  if (age >= TOO_OLD) return held.next;
  // A caller who finds this one too old gets the error that prevented a newer one.
  held.next.catch(() => undefined);
  return held.last;
}

async function makeSnapshot(db: Queryable, queue: Queue): Promise<Snapshot> {
  const madeAt = performance.now();
  const order = sql`OVER (ORDER BY ${tickets.queueBand}, ${tickets.waitingSince}, ${tickets.id})`;
  const numbered = db
    .select({
      id: tickets.id,
      waitingSince: tickets.waitingSince,
      place: sql<number>`row_number() ${order}`.as('place'),
      band: tickets.queueBand,
      isFirst: sql<boolean>`lag(${tickets.queueBand}) ${order} IS DISTINCT FROM ${tickets.queueBand}`.as('is_first'),
      isLast: sql<boolean>`lead(${tickets.id}) ${order} IS NULL`.as('is_last'),
    })
    .from(tickets)
    .where(inQueue(queue))
    .as('numbered');
  const rows = await db
    .select({
      id: numbered.id,
      at: numbered.waitingSince,
      band: numbered.band,
      since: sql<string>`${numbered.waitingSince}::text`,
      place: sql<number>`${numbered.place}::int`,
    })
    .from(numbered)
    .where(sql`${numbered.place} % ${APART} = 1 OR ${numbered.isFirst} OR ${numbered.isLast}`)
    .orderBy(asc(numbered.place));
  const marks = rows.flatMap(({ at, ...row }) => (at ? [{ ...row, at: at.getTime() }] : []));
  return { madeAt, of: marks.at(-1)?.place ?? 0, marks };
}
