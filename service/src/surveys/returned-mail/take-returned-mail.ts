// Acts on a returned mail: no more mail is sent to addresses that bounce, complain or unsubscribe.
import { and, desc, eq, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { Failure, MailReport } from '../../mail/mail-report.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { hashAddress } from '../hash-address.ts';
import { findSubscriber, hashSurveyToken, unsubscribe } from '../survey-links.ts';
import { isProven, readMessageId } from '../survey-message-id.ts';
import { invitations } from '../tables.ts';

export type Taken =
  | { outcome: 'suppressed'; reason: 'bounced' | 'complained' | 'unsubscribed' }
  /** Noted at the survey; the address stays. */
  | { outcome: 'noted' }
  /** It reports a mail of ours that its writer need not have seen. Nothing is changed. */
  | { outcome: 'unproven' }
  | { outcome: 'nothing' };

/**
 * A report is a mail that anybody can write: only what names a secret of the mail that came back suppresses its address, which is the last part of its
 * Message-ID or the token of its link to unsubscribe. Mails of before the Message-ID had one are known by their link. Automatic replies
 * name the Message-ID too, and the mails that came back may be others of its thread: what only mentions it must also be about the survey's own address.
 */
export async function takeReturnedMail(db: Database, report: MailReport, now: Date): Promise<Taken> {
  if (report.kind === 'other') return { outcome: 'nothing' };
  if (report.kind === 'unsubscribe') {
    const subscriber = await findSubscriber(db, hashSurveyToken(report.token));
    if (!subscriber) return { outcome: 'nothing' };
    await unsubscribe(db, subscriber, now);
    return { outcome: 'suppressed', reason: 'unsubscribed' };
  }
  return db.transaction(async (tx) => {
    const found = await findInvitation(tx, report);
    if (found === 'unproven') return { outcome: 'unproven' };
    if (!found?.recipient) return { outcome: 'nothing' };
    const recipient = { email: found.recipient, requesterId: found.requesterId };
    const failure = report.kind === 'bounce' ? failureOf(report, found.recipient) : null;
    const isForGood = failure === null || failure.permanent;
    const reason = failure ? (isForGood ? 'bounced' : 'bounced_this_time') : 'complained';
    await tx
      .update(invitations)
      .set({ reason, remindAt: null, ...(failure && { detail: failure.status }) })
      .where(and(eq(invitations.id, found.id), inArray(invitations.state, ['sending', 'sent', 'parked'])));
    if (!isForGood) return { outcome: 'noted' };
    await unsubscribe(tx, recipient, now, report.kind);
    return { outcome: 'suppressed', reason: failure ? 'bounced' : 'complained' };
  });
}

/** Lists and customers' own rules send a mail on to others, whose addresses say nothing of the survey's. */
function failureOf(report: Extract<MailReport, { kind: 'bounce' }>, recipient: string): Omit<Failure, 'addresses'> {
  const theirs = report.failures.filter(({ addresses }) => isAmong(addresses, recipient));
  if (theirs.length > 0) return theirs.find(({ permanent }) => permanent) ?? theirs[0] ?? report;
  return report.addresses.length === 0 ? report : { permanent: false, status: report.status };
}

/** The recipient of a forgotten customer is kept as a hash. */
const isAmong = (addresses: readonly string[], recipient: string): boolean =>
  addresses.some((address) => [address, hashAddress(address)].includes(recipient.toLowerCase()));

type Returned = Extract<MailReport, { kind: 'bounce' | 'complaint' }>;

async function findInvitation(tx: Queryable, report: Returned) {
  const { messageId, token, addresses, isMention } = report;
  const known = addresses.flatMap((address) => [address, hashAddress(address)]);
  const isAbout = (recipient: string | null) => !isMention || isAmong(addresses, recipient ?? '');
  const subscriber = token === null ? null : await findSubscriber(tx, hashSurveyToken(token));
  if (subscriber && isAbout(subscriber.email)) {
    const { invitationId: id, email: recipient, requesterId } = subscriber;
    return { id, recipient, requesterId };
  }
  const named = readMessageId(messageId ?? '');
  const byId = named && (await newest(tx, eq(invitations.id, named.id)));
  const isSeen = byId?.tokenHash && named?.proof && isProven(named.proof, byId.id, byId.tokenHash);
  if (isSeen && isAbout(byId.recipient)) return byId;
  if (byId || subscriber) return 'unproven';
  const toAddress = known.length > 0 && (await newest(tx, inArray(invitations.recipient, known)));
  return toAddress ? 'unproven' : null;
}

async function newest(tx: Queryable, which: SQL) {
  const { id, recipient, requesterId, tokenHash, sentAt } = invitations;
  const [row] = await tx
    .select({ id, recipient, requesterId, tokenHash })
    .from(invitations)
    .where(and(which, isNotNull(sentAt)))
    .orderBy(desc(sentAt))
    .limit(1);
  return row ?? null;
}
