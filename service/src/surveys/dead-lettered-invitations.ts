// Lists and retries dead-lettered invitations and reminders.
import { and, asc, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { invitationMessageId, reminderMessageId } from './survey-message-id.ts';
import { invitations } from './tables.ts';
import { explainNotSent, type NotSentReason } from './why-not-send.ts';

export interface DeadLetteredInvitation {
  id: number;
  /** Null: it is about no ticket. */
  ticketId: number | null;
  reason: NotSentReason;
  /** The reason as a sentence; if the mail log has to be searched, also the text to search for. */
  sentence: string;
  /** The mail server's answer. */
  detail: string | null;
  messageId: string;
  dueAt: Date;
}

/** An answer shows that the customer is there; one that was answered is not sent again, nor one to a customer who was erased meanwhile. */
export const isReminderDeadLettered = and(
  eq(invitations.state, 'sent'),
  eq(invitations.reminder, 'parked'),
  sql`${invitations.recipient} NOT LIKE 'sha256:%'`,
);

/** Those that can be retried. */
export async function listDeadLetteredInvitations(db: Queryable, publicUrl: string): Promise<DeadLetteredInvitation[]> {
  const isParked = or(eq(invitations.state, 'parked'), isReminderDeadLettered);
  const rows = await db.select().from(invitations).where(isParked).orderBy(asc(invitations.id));
  return rows.map((row) => {
    const isReminder = row.state !== 'parked';
    const reason = (isReminder ? row.reminderReason : row.reason) as NotSentReason;
    const messageId = (isReminder ? reminderMessageId : invitationMessageId)(row, publicUrl);
    const lookFor = reason === 'mail_in_doubt' ? describeMessageId(messageId, isReminder) : '';
    return {
      id: row.id,
      ticketId: row.ticketId,
      reason,
      sentence: (isReminder ? 'A reminder: ' : '') + explainNotSent(reason) + lookFor,
      detail: row.detail,
      messageId,
      dueAt: (isReminder ? row.sentAt : null) ?? row.dueAt,
    };
  });
}

/** The part that proves a returned mail is not printed; mails of older versions have none. */
function describeMessageId(messageId: string, isReminder: boolean): string {
  const start = /^survey\.\d+\.\d+\.\d+/.exec(messageId.slice(1))?.[0] ?? '';
  return ` The Message-ID begins with ${start}${isReminder ? ', and has .reminder before the @' : ''}.`;
}

/**
 * Makes dead-lettered invitations due now. `certain`: all but those whose mail may have been sent. Each gets a new link: if the earlier mail did arrive
 * after all, its link stops working. Returns how many.
 */
export async function retryDeadLetteredInvitations(
  db: Database,
  now: Date,
  which: readonly number[] | 'all' | 'certain' = 'all',
): Promise<number> {
  const replayed = await db
    .update(invitations)
    .set({
      state: 'scheduled',
      reason: null,
      detail: null,
      dueAt: now,
      attempts: 0,
      claimedUntil: null,
      tokenHash: null,
      sentAt: null,
      expiresAt: null,
      remindAt: null,
    })
    .where(and(eq(invitations.state, 'parked'), among(which)))
    .returning({ id: invitations.id });
  return replayed.length + (which === 'certain' ? 0 : await retryReminders(db, now, which));
}

/** Parked reminders are all in doubt. */
async function retryReminders(db: Database, now: Date, which: readonly number[] | 'all'): Promise<number> {
  const retried = await db
    .update(invitations)
    .set({ remindAt: now, reminder: null, reminderReason: null, reminderTokenHash: null })
    .where(and(isReminderDeadLettered, among(which)))
    .returning({ id: invitations.id });
  return retried.length;
}

function among(which: readonly number[] | 'all' | 'certain'): SQL | undefined {
  if (which === 'all') return undefined;
  return which === 'certain' ? ne(invitations.reason, 'mail_in_doubt') : inArray(invitations.id, [...which]);
}
