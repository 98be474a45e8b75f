// Keeps what a customer, or a machine, sends with a survey's form, and lets the rules choose the answer.
import { SURVEY_KINDS } from '@deskwright/shared';
import { and, eq, gt, inArray, ne, sql } from 'drizzle-orm';
import { recordHistory } from '../history/index.ts';
import { doEach } from '../platform/do-each.ts';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { actOnAnswer } from './answers/act-on-answer.ts';
import { isUsed, keepSubmission, type NewSubmission } from './answers/keep-submission.ts';
import { type Settled, settleAnswer } from './answers/settle-answer.ts';
import { surveyAsked } from './deliver-invitation.ts';
import { findSurvey } from './survey-links.ts';
import type { SurveyPolicy } from './survey-policy.ts';
import { invitations, surveySubmissions } from './tables.ts';
import type { InvitationRow } from './why-not-send.ts';

export interface Answer extends NewSubmission {
  tokenHash: Buffer;
  policy: SurveyPolicy;
}

/**
 * `recorded`: what counts has changed. `unchanged`: the submission is kept, and changes nothing. `closed`: the link is unknown or has expired in
 * the meantime; nothing was written. `too_many`: nor is anything more of a visitor that floods this invitation.
 */
export type Recorded = { outcome: 'recorded' | 'unchanged' | 'closed' | 'too_many' };

interface RecordDeps {
  db: Database;
  logger: Pick<Logger, 'warn'>;
}

/**
 * Keeps the submission, and writes the answer that counts now and the effect that puts it on the ticket, in one transaction. What else its network sent is
 * judged anew after it; an error of that is logged, as the answer is kept and the network's next submission tries it again.
 */
export async function recordAnswer({ db, logger }: RecordDeps, answer: Answer): Promise<Recorded> {
  const { policy, now } = answer;
  let keptOf: number | null = null;
  const recorded = await db.transaction<Recorded>(async (tx) => {
    const survey = await findSurvey(tx, answer.tokenHash, now, { lock: true });
    if (survey.state !== 'open') return { outcome: 'closed' };
    const { invitation } = survey;
    // Here everything is stored with who gave it; see recordPulseAnswer.
    if (SURVEY_KINDS[invitation.survey].anonymousUnder !== null) throw new Error('not an anonymous survey’s place');
    const kept = await keepSubmission(tx, invitation.id, answer);
    if (kept !== 'kept') return { outcome: kept === 'counted' ? 'unchanged' : 'too_many' };
    keptOf = invitation.id;
    // If the hand-over was in doubt, this shows that the mail arrived.
    if (invitation.state !== 'answered') await recordHistory(tx, surveyAsked(invitation));
    const settled = await settle(tx, invitation, policy, now, answer.final);
    return { outcome: settled.answer?.revision === settled.before?.revision ? 'unchanged' : 'recorded' };
  });
  const { network } = answer.visit;
  if (network !== null && keptOf !== null && !isUsed(answer))
    await judgeNetwork(db, { network, except: keptOf }, policy, now).catch((error: unknown) =>
      logger.warn(aboutError(error), 'Could not judge anew what else the network of a survey answer sent'),
    );
  return recorded;
}

async function settle(
  tx: Queryable,
  invitation: InvitationRow,
  policy: Answer['policy'],
  now: Date,
  final: boolean,
): Promise<Settled> {
  const settled = await settleAnswer(tx, invitation, policy.surveys.lexicon, now);
  const { answer } = settled;
  const change = {
    state: answer ? ('answered' as const) : ('sent' as const),
    reason: null,
    detail: null,
    claimedUntil: null,
    // Nor is a reminder in doubt any more.
    ...(answer && {
      reminder: sql`CASE ${invitations.reminder} WHEN 'parked' THEN 'sent' ELSE ${invitations.reminder} END`,
    }),
  };
  if (!isAsItWas(invitation, change.state))
    await tx
      .update(invitations)
      .set(change)
      .where(and(eq(invitations.id, invitation.id), inArray(invitations.state, OPEN)));
  // One that its ticket shows already may have proved to be a person's.
  if (final || answer === null || answer.onTicket === answer.revision)
    await actOnAnswer(tx, invitation, settled, policy, now);
  return settled;
}

/** Most submissions change nothing here, and each write locks out others. */
const isAsItWas = (is: InvitationRow, state: InvitationRow['state']): boolean =>
  is.state === state &&
  [is.reason, is.detail, is.claimedUntil].every((one) => one === null) &&
  is.reminder !== 'parked';

const OPEN = ['sending', 'sent', 'parked', 'answered'] as const;

/** Judges anew what came of one invitation. Call it when there is new evidence. */
export async function settleInvitationAnswer(
  db: Database,
  invitationId: number,
  policy: Answer['policy'],
  now: Date,
): Promise<Settled | null> {
  return db.transaction(async (tx) => {
    const [invitation] = await tx.select().from(invitations).where(eq(invitations.id, invitationId)).for('update');
    return invitation ? settle(tx, invitation, policy, now, true) : null;
  });
}

/** A network that answers for many customers is noticed at the third; what it sent before is judged anew. Some at a time. */
const AT_A_TIME = 50;
const NETWORK_DAYS = 7;

async function judgeNetwork(
  db: Database,
  { network, except }: { network: string; except: number },
  policy: Answer['policy'],
  now: Date,
): Promise<void> {
  const { invitationId, used, at, verdict, reasons } = surveySubmissions;
  const since = new Date(now.getTime() - NETWORK_DAYS * 86_400_000);
  const fromIt = and(eq(surveySubmissions.network, network), eq(used, false), gt(at, since));
  const others = await db
    .selectDistinct({ id: invitationId })
    .from(surveySubmissions)
    .where(
      and(fromIt, ne(invitationId, except), ne(verdict, 'machine'), sql`NOT 'same_network_for_many' = ANY(${reasons})`),
    )
    .limit(AT_A_TIME);
  if (others.length === 0) return;
  const [seen] = await db
    .select({ n: sql<number>`count(DISTINCT ${invitationId})::int` })
    .from(surveySubmissions)
    .where(fromIt);
  if ((seen?.n ?? 0) < 4) return;
  await doEach(others, ({ id }) => settleInvitationAnswer(db, id, policy, now));
}
