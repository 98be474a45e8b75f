// What does the projection say after this look?
import { type Applied, applySnapshot, isFinished } from '../projection/apply-snapshot.ts';
import {
  addComments,
  findLastCustomerComment,
  findWaitingSince,
  saveTicket,
  takeTicket,
} from '../projection/projection-store.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import type { Queryable } from '../storage/database.ts';
import type { Look } from './look.ts';

export interface Projected extends Applied {
  before: TicketRow | null;
  /** The look told us something that the projection did not know. */
  news: boolean;
  lastCustomerComment: string | null;
}

/** Takes the ticket, applies the look and saves the row with its waiting since. */
export async function project(tx: Queryable, look: Look): Promise<Projected> {
  const before = await takeTicket(tx, look.ticketId);
  const newComments = await addComments(tx, look.comments);
  const applied = applySnapshot(before, look.snapshot, look.by);
  const gone = look.gone === undefined ? applied.row.gone : look.gone;
  const nobodyWaits = gone !== null || isFinished(applied.row.status);
  const row = { ...applied.row, gone, waitingSince: nobodyWaits ? null : await findWaitingSince(tx, look.ticketId) };
  await saveTicket(tx, row);
  const news = before === null || newComments > 0 || differs(before, row);
  return { ...applied, row, before, news, lastCustomerComment: await findLastCustomerComment(tx, look.ticketId) };
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
