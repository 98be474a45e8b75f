// Erases what customers answered, when a ticket or a customer is erased and when it was kept long enough.
import { and, eq, inArray, isNotNull, isNull, ne, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { people } from '../directory/tables.ts';
import { eraseEntries } from '../platform/outbox/entries.ts';
import { outbox } from '../platform/outbox/tables.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import { SLACK_MESSAGE } from '../slack/slack-message.ts';
import type { Erased, ErasingHook } from '../tickets/index.ts';
import { hasFailedAnswer } from './answers/failed-answers.ts';
import { isReminderDeadLettered } from './dead-lettered-invitations.ts';
import { eraseFollowUps, mergeFollowUps } from './follow-ups/erase-follow-ups.ts';
import { followUps } from './follow-ups/tables.ts';
import { hashAddress, hashedAddress } from './hash-address.ts';
import {
  eraseImportedOfCustomers,
  eraseImportedOfTickets,
  importedCustomersAmong,
  moveImported,
} from './imports/erase-imported.ts';
import { hasRefused } from './is-unsubscribed.ts';
import { suppress } from './survey-links.ts';
import {
  invitations,
  responses,
  surveyChoices,
  surveyOpenings,
  surveySubmissions,
  toldAnswers,
  unsubscribed,
  zendeskSurveys,
} from './tables.ts';
import { KEY_OF_ANSWER } from './telling/answer-message.ts';
import { thankYous } from './thank-you/tables.ts';

/**
 * Scores and the record of who was asked when stay. Of an address for which surveys were refused a hash stays; and whoever refused surveys
 * under one address is not asked under another after a merge.
 */
export const surveyErasing = {
  counts: {
    surveys: 'addresses of surveys',
    answers: 'comments of survey answers',
    follow_ups: 'notes of follow-ups',
  },
  onEraseTickets: async (tx, { ids, now, gone }) => {
    const ofTickets = inArray(invitations.ticketId, [...ids]);
    await tx
      .update(invitations)
      .set({ state: 'cancelled', reason: gone ? 'deleted' : 'erased', claimedUntil: null })
      .where(and(ofTickets, inArray(invitations.state, ['scheduled', 'parked'])));
    const imported = await eraseImportedOfTickets(tx, ids);
    const erased = withAnswers((await eraseInvitations(tx, ofTickets, now)).erased, imported);
    return { ...erased, follow_ups: await eraseFollowUps(tx, { tickets: ids }, now) };
  },
  customersAmong: async (tx, { ids, addresses }) => {
    const recipients = addresses.flatMap((address) => [address, hashAddress(address)]);
    const rows = await tx
      .selectDistinct({ id: invitations.requesterId })
      .from(invitations)
      .where(or(inArray(invitations.requesterId, [...ids]), inArray(invitations.recipient, recipients)));
    return [...rows.map(({ id }) => id), ...(await importedCustomersAmong(tx, { ids, addresses }))];
  },
  onEraseCustomers: async (tx, { ids, addresses, now }) => {
    const theirs = inArray(invitations.requesterId, [...ids]);
    await tx
      .update(invitations)
      .set({ state: 'cancelled', reason: 'erased', claimedUntil: null })
      .where(and(theirs, isNull(invitations.ticketId), inArray(invitations.state, ['scheduled', 'parked'])));
    await hashRefusals(tx, { ids, addresses });
    const done = await eraseInvitations(tx, theirs, now);
    const imported = await eraseImportedOfCustomers(tx, { ids, addresses });
    const notes = await eraseFollowUps(tx, { customers: ids }, now);
    return { ...done, erased: { ...withAnswers(done.erased, imported), follow_ups: notes } };
  },
  onMergeCustomers: async (tx, { from, into }) => {
    const refused = await hasRefusedSurveys(tx, from);
    await moveImported(tx, { from, into });
    await tx.update(invitations).set({ requesterId: into }).where(eq(invitations.requesterId, from));
    await tx.update(unsubscribed).set({ refusedBy: into }).where(eq(unsubscribed.refusedBy, from));
    await mergeFollowUps(tx, from, into);
    await tx.update(thankYous).set({ requesterId: into }).where(eq(thankYous.requesterId, from));
    await tx.update(zendeskSurveys).set({ requesterId: into }).where(eq(zendeskSurveys.requesterId, from));
    if (!refused) return;
    const kept = tx
      .select({
        email: sql<string>`lower(trim(${people.email}))`.as('email'),
        since: sql<Date>`now()`.as('since'),
        byCustomer: sql<boolean>`true`.as('by_customer'),
        refusedBy: sql<number>`${people.id}`.as('refused_by'),
      })
      .from(people)
      .where(and(eq(people.id, into), isNotNull(people.email)));
    await tx.insert(unsubscribed).select(kept).onConflictDoNothing();
  },
} satisfies ErasingHook;

const withAnswers = (erased: Erased, answers: number): Erased => ({
  ...erased,
  answers: (erased['answers'] ?? 0) + answers,
});

/** A link that was sent opens nothing any more. */
async function eraseInvitations(
  tx: Queryable,
  which: SQL,
  now: Date,
): Promise<{ erased: Erased; ticketIds: readonly number[] }> {
  const asked = await tx
    .update(invitations)
    .set({
      recipient: hashedAddress(invitations.recipient),
      detail: null,
      remindAt: null,
      reminder: sql`CASE ${invitations.reminder} WHEN 'parked' THEN 'skipped' ELSE ${invitations.reminder} END`,
      reminderReason: sql`CASE ${invitations.reminder} WHEN 'parked' THEN 'erased' ELSE ${invitations.reminderReason} END`,
      expiresAt: sql`least(${invitations.expiresAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(and(which, or(sql`${invitations.recipient} NOT LIKE 'sha256:%'`, isNotNull(invitations.detail))))
    .returning({ ticketId: invitations.ticketId });
  const theirs = tx.select({ id: invitations.id }).from(invitations).where(which);
  const answers = await tx
    .update(responses)
    .set({ comment: '' })
    .where(and(inArray(responses.invitationId, theirs), ne(responses.comment, '')));
  await eraseVisits(tx, theirs);
  await eraseMessages(tx, theirs, now);
  return {
    erased: { surveys: asked.length, answers: answers.rowCount ?? 0 },
    ticketIds: asked.flatMap(({ ticketId }) => ticketId ?? []),
  };
}

/** Words, and what could tell by whom or from where a page was opened. Scores and verdicts stay. */
async function eraseVisits(tx: Queryable, theirs: SQLWrapper): Promise<void> {
  const nobody = { network: null, agent: '' };
  await tx
    .update(surveySubmissions)
    .set({ comment: '', userAgent: '', form: null, ...nobody })
    .where(inArray(surveySubmissions.invitationId, theirs));
  await tx.delete(surveyOpenings).where(inArray(surveyOpenings.invitationId, theirs));
  await tx.update(surveyChoices).set({ why: '' }).where(inArray(surveyChoices.invitationId, theirs));
}

/** To Slack: what waits is cancelled, and what ended loses its words. */
async function eraseMessages(tx: Queryable, theirs: SQLWrapper, now: Date): Promise<void> {
  const ofAnswer = sql`EXISTS (SELECT 1 FROM ${toldAnswers} t
    WHERE t.invitation_id IN ${theirs} AND starts_with(${outbox.key}, ${KEY_OF_ANSWER} || t.invitation_id || ':'))`;
  await eraseEntries(tx, and(eq(outbox.kind, SLACK_MESSAGE.name), ofAnswer), now);
}

/** Also of addresses that they had before, of which erased invitations have a hash only. */
async function hashRefusals(
  tx: Queryable,
  { ids, addresses }: { ids: readonly number[]; addresses: readonly string[] },
): Promise<void> {
  const asked = tx
    .select({ hash: hashedAddress(invitations.recipient) })
    .from(invitations)
    .where(and(inArray(invitations.requesterId, [...ids]), isNotNull(invitations.recipient)));
  const { email, refusedBy } = unsubscribed;
  const hash = hashedAddress(email);
  const isTheirs = or(inArray(hash, addresses.map(hashAddress)), inArray(hash, asked), inArray(refusedBy, [...ids]));
  const gone = await tx
    .delete(unsubscribed)
    .where(and(sql`${email} NOT LIKE 'sha256:%'`, isTheirs))
    .returning();
  for (const row of gone) await suppress(tx, { ...row, email: hashAddress(row.email) });
}

/** A bounce is none. */
async function hasRefusedSurveys(tx: Queryable, id: number): Promise<boolean> {
  const known = tx
    .select({ email: sql`lower(trim(${people.email}))` })
    .from(people)
    .where(eq(people.id, id));
  const { rows } = await tx.execute<{ refused: boolean }>(sql`SELECT ${hasRefused(sql`${id}::bigint`)} OR EXISTS (SELECT
    FROM ${unsubscribed} u, (${known}) p (email) WHERE u.by_customer AND u.email IN (p.email, ${hashedAddress(sql`p.email`)})) AS refused`);
  return rows[0]?.refused === true;
}

/** Those that ended; one that is dead-lettered, whose reminder is, or whose answer was set aside, stays until somebody has seen to it. Aborted, it ends after the rows in hand. */
export async function pruneSurveys(db: Database, before: Date, signal: AbortSignal): Promise<void> {
  const ended = sql`${inArray(invitations.state, ['sent', 'answered', 'cancelled'])} AND NOT coalesce(${isReminderDeadLettered}, false) AND NOT ${hasFailedAnswer}`;
  const children = responses.invitationId;
  await deleteOldRows(db, { table: zendeskSurveys, at: zendeskSurveys.askedAt }, before, signal);
  await deleteOldRows(db, { table: thankYous, at: thankYous.at }, before, signal);
  const followUpEnded = isNotNull(followUps.endedAt);
  await deleteOldRows(db, { table: followUps, at: followUps.openedAt, where: followUpEnded }, before, signal);
  await deleteOldRows(db, { table: invitations, at: invitations.createdAt, where: ended, children }, before, signal);
}
