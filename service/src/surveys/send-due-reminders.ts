// Reminds, once, who has not answered a survey.
import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import type { MailOutcome } from '../mail/mail-sender.ts';
import { throwFailures } from '../platform/do-each.ts';
import type { Database } from '../platform/storage/database.ts';
import { isOpenByProgram, tickets } from '../tickets/index.ts';
import { IS_COVERED } from './claim-due-invitations.ts';
import { composeInvitationMail } from './compose-invitation-mail.ts';
import { readRequester, type SendDeps } from './deliver-invitation.ts';
import { isUnsubscribed } from './is-unsubscribed.ts';
import { HANDOVER_MS } from './reserve-invitation.ts';
import { nextSendTime } from './send-window.ts';
import { encodeSurveyToken, hashSurveyToken } from './survey-links.ts';
import { invitationMessageId, reminderMessageId } from './survey-message-id.ts';
import { campaigns, invitations } from './tables.ts';
import { type InvitationRow, type NotSentReason, type Requester, whyNotSend } from './why-not-send.ts';

const BATCH = 20;
/** Longer than any hand-over, and how long one waits that could not be handed over. */
const LEASE_MS = 3_600_000;

/** Mails are held back until the server takes some again; then this one must not wait longer than the others. */
const MINUTE_MS = 60_000;

const NOT_BEGUN = { reminder: null, reminderTokenHash: null, claimedUntil: null } as const;

const skipped = (reminderReason: NotSentReason) =>
  ({ remindAt: null, reminder: 'skipped', reminderReason, claimedUntil: null }) as const;

type DueReminder = InvitationRow & { expiresAt: Date; remindAt: Date };

/**
 * Sends the reminders that are due. A reminder goes out at most once: one of which nobody can know whether it was handed over is dead-lettered. Any number of processes may
 * run it at once. Returns how many were sent. Throws when the database is unavailable,
 * and for other errors as `throwFailures` does, once all others were sent.
 */
export async function sendDueReminders(deps: SendDeps): Promise<number> {
  let sent = 0;
  let mailServerUnavailable = false;
  await endStoppedReminders(deps.db, new Date(deps.clock()));
  const failures: unknown[] = [];
  const goOn = () => !mailServerUnavailable && failures.length < BATCH && !deps.signal?.aborted;
  while (goOn()) {
    const due = await claimDueReminders(deps.db, new Date(deps.clock()));
    if (due.length === 0) break;
    while (goOn()) {
      const invitation = due.shift();
      if (!invitation) break;
      try {
        const result = await remind(deps, invitation);
        if (result === 'sent') sent += 1;
        mailServerUnavailable = result === 'mail_server_unavailable';
      } catch (error) {
        // It stays claimed for an hour.
        failures.push(error);
      }
    }
    await release(deps, due);
  }
  throwFailures(failures);
  return sent;
}

/** Those whose process ended while it handed them over: for operators, also while no mail may be sent. */
export async function deadLetterAbandonedReminders(db: Database, now: Date): Promise<void> {
  // One begun by a version that did not set the time is over with its link.
  const over = sql`coalesce(${invitations.claimedUntil}, ${invitations.expiresAt}) <= ${now.toISOString()}`;
  await db
    .update(invitations)
    .set({ reminder: 'parked', reminderReason: 'mail_in_doubt', claimedUntil: null })
    .where(and(eq(invitations.reminder, 'sending'), over));
}

/** Those that were being handed over when their campaign was stopped and are to be tried again, or were retried afterwards. */
async function endStoppedReminders(db: Database, now: Date): Promise<void> {
  const isStopped = sql`EXISTS (SELECT FROM ${campaigns} c WHERE c.id = ${invitations.campaignId} AND c.state = 'stopped')`;
  await db
    .update(invitations)
    .set(skipped('campaign_stopped'))
    .where(and(eq(invitations.state, 'sent'), lte(invitations.remindAt, now), isStopped));
}

/** Makes reminders that were claimed and not begun due again. */
async function release({ db, clock }: SendDeps, claimed: readonly DueReminder[]): Promise<void> {
  for (const one of claimed) await change(db, one, { remindAt: new Date(clock()) });
}

async function claimDueReminders(db: Database, now: Date): Promise<DueReminder[]> {
  const due = db
    .select({ id: invitations.id })
    .from(invitations)
    .where(and(eq(invitations.state, 'sent'), lte(invitations.remindAt, now), IS_COVERED))
    .orderBy(invitations.remindAt)
    .limit(BATCH)
    .for('update', { skipLocked: true });
  const claimed = await db
    .update(invitations)
    .set({ remindAt: new Date(now.getTime() + LEASE_MS) })
    .where(inArray(invitations.id, due))
    .returning();
  return claimed.flatMap((row) => (row.expiresAt && row.remindAt ? [row as DueReminder] : []));
}

type Reminded = 'sent' | 'skipped' | 'later' | 'mail_server_unavailable';

async function remind(deps: SendDeps, invitation: DueReminder): Promise<Reminded> {
  const now = new Date(deps.clock());
  const policy = deps.policy();
  const requester = await readRequester(deps, invitation.requesterId);
  if (requester === 'unavailable') return 'later';
  const why = await whyNotRemind(deps, invitation, requester, now);
  if (why !== null || !requester) {
    await change(deps.db, invitation, skipped(why ?? 'requester_unknown'));
    return 'skipped';
  }
  const opens = nextSendTime(now, policy, requester.timeZone ?? null);
  if (opens > now) {
    await change(deps.db, invitation, { remindAt: opens });
    return 'later';
  }
  const token = encodeSurveyToken(deps.randomBytes(32));
  const begun = {
    remindAt: null,
    reminder: 'sending',
    reminderTokenHash: hashSurveyToken(token),
    claimedUntil: new Date(now.getTime() + HANDOVER_MS),
  } as const;
  if (!(await change(deps.db, invitation, begun))) return 'later';
  const { ticketId, recipient, expiresAt } = invitation;
  const [ticket] = ticketId === null ? [] : await deps.db.select().from(tickets).where(eq(tickets.id, ticketId));
  const reservation = { invitation, ticketSubject: ticket?.subject ?? '', email: recipient ?? '', expiresAt };
  const mail = composeInvitationMail({ ...deps, reservation, requester, policy, token });
  const first = invitationMessageId(invitation, deps.publicUrl);
  const outcome = await deps.mail.send({
    ...mail,
    messageId: reminderMessageId(invitation, deps.publicUrl),
    inReplyTo: first,
  });
  const after = afterHandOver(outcome, now);
  await deps.db.update(invitations).set(after).where(eq(invitations.id, invitation.id));
  if (outcome.outcome === 'try_later') return outcome.server ? 'mail_server_unavailable' : 'later';
  return outcome.outcome === 'accepted' ? 'sent' : 'skipped';
}

function afterHandOver(outcome: MailOutcome, now: Date): Partial<typeof invitations.$inferInsert> {
  switch (outcome.outcome) {
    case 'accepted':
      return { reminder: 'sent', claimedUntil: null };
    case 'recipient_refused':
      return skipped('mail_recipient_refused');
    case 'message_refused':
      return skipped('mail_message_refused');
    case 'try_later':
      return { ...NOT_BEGUN, remindAt: new Date(now.getTime() + (outcome.server ? MINUTE_MS : LEASE_MS)) };
    case 'in_doubt':
      return { reminder: 'parked', reminderReason: 'mail_in_doubt', claimedUntil: null };
  }
}

/** Not when the survey would not be sent today, nor to another address than the first mail. */
async function whyNotRemind(
  deps: SendDeps,
  invitation: DueReminder,
  requester: Requester | null,
  now: Date,
): Promise<NotSentReason | null> {
  const { ticketId, recipient, expiresAt, survey } = invitation;
  const email = requester?.email?.trim().toLowerCase() ?? '';
  if (expiresAt <= now) return 'link_expired';
  const [ticket] = ticketId === null ? [] : await deps.db.select().from(tickets).where(eq(tickets.id, ticketId));
  if (ticket && ticket.requesterId !== invitation.requesterId) return 'requester_changed';
  const why = whyNotSend({
    invitation: { ...invitation, dueAt: now },
    ticket: ticket ?? null,
    solveStands: ticket !== undefined && (await isOpenByProgram(deps.db, ticket)),
    requester,
    unsubscribed: await isUnsubscribed(deps.db, { requesterId: invitation.requesterId, email }),
    configured: deps.policy().surveys[survey] !== undefined,
    now,
  });
  return why ?? (email === recipient ? null : 'address_changed');
}

/** False: it was answered, erased, stopped or claimed by another process meanwhile. */
async function change(
  db: Database,
  { id, remindAt }: DueReminder,
  to: Partial<typeof invitations.$inferInsert>,
): Promise<boolean> {
  const isOurs = and(
    eq(invitations.id, id),
    eq(invitations.state, 'sent'),
    eq(invitations.remindAt, remindAt),
    IS_COVERED,
  );
  const changed = await db.update(invitations).set(to).where(isOurs).returning({ id: invitations.id });
  return changed.length > 0;
}
