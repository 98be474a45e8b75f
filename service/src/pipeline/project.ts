// What does the projection say after this look?
import { isUnderWay } from '../outbox/is-under-way.ts';
import { type Applied, applySnapshot, isFinished } from '../projection/apply-snapshot.ts';
import { addComments, readConversation, takeTicket } from '../projection/projection-store.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import type { Queryable } from '../storage/database.ts';
import type { Look } from './look.ts';

export interface Projected extends Applied {
  before: TicketRow | null;
  /** The look told us something that the projection did not know. */
  news: boolean;
  lastCustomerComment: string | null;
}

/** Takes the ticket for this transaction and applies the look. The caller saves the row, once it is decided. */
export async function project(tx: Queryable, look: Look): Promise<Projected> {
  const before = await takeTicket(tx, look.ticketId);
  const newComments = await addComments(tx, look.comments);
  // Only what agents do in the sidebar leaves such traces, so that most looks cost no query.
  const underWay = before?.wanted?.leaving !== undefined && (await isUnderWay(tx, look.ticketId));
  const applied = applySnapshot(before, look.snapshot, look.by, { underWay });
  const gone = goneAfter(applied, look);
  const nobodyWaits = gone !== null || isFinished(applied.row.status);
  const { waitingSince, lastCustomerComment } = await readConversation(tx, look.ticketId);
  const row = { ...applied.row, gone, waitingSince: nobodyWaits ? null : waitingSince };
  const news = before === null || newComments > 0 || differs(before, row);
  return { ...applied, row, before, news, lastCustomerComment };
}

/**
 * A ticket may be deleted and brought back, so what an older look says of that does not count; within one second both may be shown
 * in any order, and gone wins. A merge cannot be undone (Zendesk help, "Merging tickets").
 */
function goneAfter({ row, stale }: Applied, { gone, snapshot }: Look): TicketRow['gone'] {
  if (gone === undefined || row.gone === 'merged') return row.gone;
  if (gone === 'merged') return gone;
  const older = snapshot.updatedAt.getTime() < row.updatedAt.getTime();
  if (stale && (older || gone === null)) return row.gone;
  // Spam is deleted as well, and says more.
  return gone === 'deleted' ? (row.gone ?? gone) : gone;
}

const COMPARED = [
  'subject',
  'status',
  'priority',
  'type',
  'groupId',
  'assigneeId',
  'requesterId',
  'organizationId',
  'brandId',
  'formId',
  'gone',
] as const;

function differs(before: TicketRow, row: TicketRow): boolean {
  return (
    COMPARED.some((key) => before[key] !== row[key]) || before.tags.toSorted().join() !== row.tags.toSorted().join()
  );
}
