// Acts on a returned mail: no more mail is sent to addresses that bounce, complain or unsubscribe.
import { and, desc, eq, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { MailReport } from '../../mail/read-mail-report.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { hashAddress } from '../hash-address.ts';
import { findSubscriber, hashSurveyToken, unsubscribe } from '../survey-links.ts';
import { invitations } from '../tables.ts';

export type Taken =
  | { outcome: 'suppressed'; reason: 'bounced' | 'complained' | 'unsubscribed' }
  /** Noted at the survey; the address stays. */
  | { outcome: 'noted' }
  | { outcome: 'nothing' };

/**
 * Only an address that a survey was sent to is suppressed: a report is a mail that anybody can write. The survey is found by the Message-ID that came
 * back, or by the newest one to the address.
 */
export async function takeReturnedMail(db: Database, report: MailReport, now: Date): Promise<Taken> {
  if (report.kind === 'other') return { outcome: 'nothing' };
  if (report.kind === 'unsubscribe') {
    const subscriber = await findSubscriber(db, hashSurveyToken(report.token));
    if (!subscriber) return { outcome: 'nothing' };
    await unsubscribe(db, subscriber.email, now);
    return { outcome: 'suppressed', reason: 'unsubscribed' };
  }
  return db.transaction(async (tx) => {
    const found = await findInvitation(tx, report);
    if (!found?.recipient) return { outcome: 'nothing' };
    const isBounce = report.kind === 'bounce';
    const isForGood = !isBounce || report.permanent;
    const reason = isBounce ? (isForGood ? 'bounced' : 'bounced_this_time') : 'complained';
    await tx
      .update(invitations)
      .set({ reason, remindAt: null, ...(isBounce && { detail: report.status }) })
      .where(and(eq(invitations.id, found.id), inArray(invitations.state, ['sending', 'sent', 'parked'])));
    if (!isForGood) return { outcome: 'noted' };
    await unsubscribe(tx, found.recipient, now, false);
    return { outcome: 'suppressed', reason: isBounce ? 'bounced' : 'complained' };
  });
}

type Returned = Extract<MailReport, { kind: 'bounce' | 'complaint' }>;

async function findInvitation(tx: Queryable, { messageId, addresses }: Returned) {
  const id = Number(/^<survey\.(\d{1,15})\./.exec(messageId ?? '')?.[1] ?? Number.NaN);
  const newest = async (which: SQL | undefined) => {
    const [row] = await tx
      .select({ id: invitations.id, recipient: invitations.recipient })
      .from(invitations)
      .where(and(which, isNotNull(invitations.sentAt)))
      .orderBy(desc(invitations.sentAt))
      .limit(1);
    return row;
  };
  const byId = Number.isFinite(id) ? await newest(eq(invitations.id, id)) : undefined;
  if (byId) return byId;
  const known = addresses.flatMap((address) => [address, hashAddress(address)]);
  return known.length === 0 ? undefined : newest(inArray(invitations.recipient, known));
}
