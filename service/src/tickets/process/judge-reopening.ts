// Judges whether a solved ticket that is open again was reopened, or was only opened by a mail program's answer.
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { type Applied, isFinished } from '../projection/apply-snapshot.ts';
import { type CommentRow, isAutomatic, type TicketRow } from '../projection/ticket-row.ts';
import { comments, inbox } from '../tables.ts';
import type { Observation } from './observation.ts';

/** The comment and the change of status are one update, but events have milliseconds and the API has not. */
const TOGETHER_MS = 10_000;

interface Judged {
  /** The ticket's solve; null: it is not solved. */
  solvedAt: Date | null;
  change: { solved: boolean; reopened: boolean; solveStands: boolean };
}

/**
 * Zendesk opens a solved ticket for any comment of a customer, also for one that a mail program sent. Such a ticket stays solved for us until a person
 * takes it up: a customer who writes, an agent who answers or sets another status. The comment and the change of status come in any order.
 */
export async function judgeReopening(
  tx: Queryable,
  {
    observation,
    before,
    applied,
    stored,
  }: { observation: Observation; before: TicketRow | null; applied: Applied; stored: readonly CommentRow[] },
): Promise<Judged> {
  const { row, solved, reopened } = applied;
  const judged = (solvedAt: Date | null, change: Partial<Judged['change']> = {}): Judged => ({
    solvedAt,
    change: { solved, reopened, solveStands: false, ...change },
  });
  if (before === null) return judged(row.solvedAt);
  if (isFinished(row.status)) return judged(row.solvedAt, { solved: solved && before.solvedAt === null });
  const { solvedAt, waitEndedAt } = before;
  if (solvedAt !== null) {
    const stands = reopened
      ? await isOpenedByProgram(tx, observation, solvedAt)
      : !isTakenUp(observation, row, stored, solvedAt);
    return stands ? judged(solvedAt, { reopened: false }) : judged(null, { reopened: true });
  }
  const automatic = stored.find((comment) => isAutomatic(comment) && waitEndedAt && comment.createdAt >= waitEndedAt);
  if (!automatic || !waitEndedAt || !(await wasOpenedBy(tx, automatic, before, waitEndedAt))) return judged(null);
  return judged(waitEndedAt, { solveStands: true });
}

/** Whether the ticket is open, and only because a mail program answered after its solve. */
export async function isOpenByProgram(
  tx: Queryable,
  { id, status, solvedAt }: Pick<TicketRow, 'id' | 'status' | 'solvedAt'>,
): Promise<boolean> {
  if (isFinished(status) || solvedAt === null) return false;
  return (await readSince(tx, id, solvedAt)).some(isAutomatic);
}

const PEOPLE: readonly string[] = ['customer', 'agent', 'us'];

/** The ticket is open after its solve, and the observation shows a person at work. */
function isTakenUp(observation: Observation, row: TicketRow, stored: readonly CommentRow[], solvedAt: Date): boolean {
  if (row.status !== 'open' && row.status !== 'new') return true;
  if (observation.snapshot.snapshotAt > solvedAt && isOpenedByAgent(observation)) return true;
  return stored.some(
    ({ public: isPublic, author, createdAt }) => isPublic && PEOPLE.includes(author) && createdAt > solvedAt,
  );
}

function isOpenedByAgent({ reported }: Observation): boolean {
  const isStaff = reported?.actor?.kind === 'agent' || reported?.actor?.kind === 'us';
  return isStaff && reported.change?.kind === 'status_changed' && !isFinished(reported.change.to);
}

async function isOpenedByProgram(tx: Queryable, observation: Observation, solvedAt: Date): Promise<boolean> {
  if (isOpenedByAgent(observation)) return false;
  const since = await readSince(tx, observation.ticketId, solvedAt);
  if (since.some(({ author }) => author === 'customer')) return false;
  const shownAt = observation.snapshot.snapshotAt;
  const isEvent = observation.reported?.change?.kind === 'status_changed';
  return since.some((comment) => isAutomatic(comment) && (!isEvent || areTogether(comment.createdAt, shownAt)));
}

/** Whether the ticket was opened by the comment `automatic`, which came after the change of status that it caused. */
async function wasOpenedBy(
  tx: Queryable,
  { authorId, createdAt }: CommentRow,
  before: TicketRow,
  solvedAt: Date,
): Promise<boolean> {
  if (isFinished(before.status) || (before.status !== 'open' && before.status !== 'new')) return false;
  const since = await readSince(tx, before.id, solvedAt);
  if (since.some(({ author }) => PEOPLE.includes(author))) return false;
  const openedBy = sql<string | null>`${inbox.body} #>> '{detail,actor_id}'`;
  const [opening] = await tx
    .select({ at: inbox.occurredAt, openedBy })
    .from(inbox)
    .where(
      and(
        eq(inbox.ticketId, before.id),
        eq(inbox.type, 'ticket.status_changed'),
        gt(inbox.occurredAt, solvedAt),
        sql`upper(${inbox.body} #>> '{event,current}') NOT IN ('SOLVED', 'CLOSED')`,
      ),
    )
    .orderBy(desc(inbox.occurredAt))
    .limit(1);
  if (!opening?.at) return areTogether(createdAt, before.updatedAt);
  const actor = Number(opening.openedBy ?? 0);
  return areTogether(createdAt, opening.at) && (actor <= 0 || actor === authorId);
}

const areTogether = (a: Date, b: Date): boolean => Math.abs(a.getTime() - b.getTime()) <= TOGETHER_MS;

/** Public comments after the solve. Those of its second are taken for later ones, except an agent's, which was sent with the solve. */
async function readSince(tx: Queryable, ticketId: number, solvedAt: Date): Promise<CommentRow[]> {
  const second = new Date(Math.floor(solvedAt.getTime() / 1_000) * 1_000);
  const rows = await tx
    .select()
    .from(comments)
    .where(
      and(
        eq(comments.ticketId, ticketId),
        eq(comments.public, true),
        sql`${comments.createdAt} >= ${second.toISOString()}`,
        inArray(comments.author, [...PEOPLE, 'system'] as CommentRow['author'][]),
      ),
    );
  return rows.filter(
    ({ author, createdAt }) =>
      author === 'system' ||
      (author === 'customer' ? createdAt > solvedAt : createdAt.getTime() > solvedAt.getTime() + 1_000),
  );
}
