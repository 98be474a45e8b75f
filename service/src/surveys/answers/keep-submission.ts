// Keeps a submission: as a row of its own, or, of many that say the same, counted at one of them.
import { and, count, desc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { surveySubmissions } from '../tables.ts';
import type { Signals, Visit } from './evidence.ts';

export interface NewSubmission {
  /** Within the survey's scale. */
  score: number;
  comment: string;
  /** Ids of the policy's drivers. */
  drivers?: readonly string[];
  /** Null: not asked. */
  mayContact?: boolean | null;
  /** The form it was sent with; null: none that we sent. */
  form: string | null;
  /** Counts the submissions of one form; null: the page's script did not run. */
  step: number | null;
  /** False: saved on the way. Such an answer is put on the ticket when nothing more has come for some minutes. */
  final: boolean;
  visit: Visit;
  userAgent: string;
  /** Null: the page's script did not run. */
  signals: Signals | null;
  /** A field that no person sees was filled in. */
  trapFilled: boolean;
  now: Date;
}

/** A person sends some dozens, each different; a program that repeats itself tells nothing new after ten. */
const MOST_ALIKE = 10;
/** Only a flood gets there. Then a network that sent this many gets no more rows, and all others still do, up to `MOST`: all rows are judged each time. */
const MANY = 500;
const MOST_OF_NETWORK = 100;
const MOST = 2_000;

/** `counted`: the same was sent by the same visitor with the same form before, ten times or in a flood. `too_many`: nothing was written. */
export type Kept = 'kept' | 'counted' | 'too_many';

/** The caller has locked the invitation. */
export async function keepSubmission(tx: Queryable, invitationId: number, answer: NewSubmission): Promise<Kept> {
  const { times } = surveySubmissions;
  const row = rowOf(invitationId, answer);
  const alike = await findAlike(tx, row);
  const isFull = alike.n < MOST_ALIKE && (await isFlood(tx, row));
  if (isFull && alike.n === 0) return 'too_many';
  if (isFull || alike.n >= MOST_ALIKE) {
    const counted = { times: sql`${times} + 1`, lastAt: answer.now };
    await tx.update(surveySubmissions).set(counted).where(eq(surveySubmissions.id, alike.newest));
    return 'counted';
  }
  await tx.insert(surveySubmissions).values(row);
  return 'kept';
}

type NewRow = typeof surveySubmissions.$inferInsert;

function rowOf(invitationId: number, answer: NewSubmission): NewRow {
  const { score, comment, drivers = [], mayContact = null, form, step, final, signals, trapFilled } = answer;
  const { network, agent, agentKind, unlikeBrowser, gesture } = answer.visit;
  return {
    invitationId,
    at: answer.now,
    form,
    step,
    final,
    score,
    comment,
    drivers: [...drivers],
    mayContact,
    network,
    agent,
    userAgent: answer.userAgent,
    seen: { agentKind, unlikeBrowser, gesture, signals, trapFilled },
    used: isUsed(answer),
    // Judged at once, with all that is known of the invitation.
    verdict: 'doubtful',
    points: 0,
    reasons: [],
  };
}

/** Signs of a person are there: events on the page or words. */
export const isUsed = ({ signals, comment }: Pick<NewSubmission, 'signals' | 'comment'>): boolean =>
  signals !== null || comment !== '';

const of = ({ invitationId }: NewRow) => eq(surveySubmissions.invitationId, invitationId);

async function findAlike(tx: Queryable, row: NewRow): Promise<{ n: number; newest: number }> {
  const { id, form, step, final, score, comment, drivers, mayContact, network, agent, seen } = surveySubmissions;
  const isAlike = and(
    of(row),
    eq(score, row.score),
    eq(comment, row.comment ?? ''),
    eq(drivers, row.drivers ?? []),
    eq(final, row.final),
    eq(agent, row.agent),
    sql`${seen} = ${JSON.stringify(row.seen)}::jsonb`,
    sql`(${form}, ${step}, ${mayContact}, ${network}) IS NOT DISTINCT FROM
      (${row.form}::text, ${row.step}::integer, ${row.mayContact}::boolean, ${row.network}::text)`,
  );
  const rows = await tx.select({ id }).from(surveySubmissions).where(isAlike).orderBy(desc(id)).limit(MOST_ALIKE);
  return { n: rows.length, newest: rows[0]?.id ?? 0 };
}

async function isFlood(tx: Queryable, row: NewRow): Promise<boolean> {
  const fromIt = sql`${surveySubmissions.network} IS NOT DISTINCT FROM ${row.network}::text`;
  const [{ all, fromNetwork } = { all: 0, fromNetwork: 0 }] = await tx
    .select({ all: count(), fromNetwork: sql<number>`(count(*) FILTER (WHERE ${fromIt}))::int` })
    .from(surveySubmissions)
    .where(of(row));
  return all >= MOST || (all >= MANY && fromNetwork >= MOST_OF_NETWORK);
}
