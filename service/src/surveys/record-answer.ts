// Records a customer's answer and writes it to the ticket, with an internal note.

import { SURVEY_KINDS, type SurveyKind, scoresOf, scoreTag } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import { type NewHistoryEntry, recordHistory } from '../history/index.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { withoutPlaceholders } from '../policy/guidance/guidance.ts';
import { recordTicketChange, tickets } from '../tickets/index.ts';
import { surveyAsked } from './deliver-invitation.ts';
import { findSurvey } from './survey-links.ts';
import { invitations, responses } from './tables.ts';
import { ENGLISH } from './texts/english.ts';
import { scoreLabel } from './texts/survey-texts.ts';
import type { InvitationRow } from './why-not-send.ts';

export interface Answer {
  tokenHash: Buffer;
  /** Within the survey's scale. */
  score: number;
  comment: string;
  /** The company's name and language for the note. */
  company: string;
  now: Date;
}

/** `closed`: the link is unknown or has expired in the meantime; nothing was written. */
export type Recorded = { outcome: 'recorded' | 'unchanged' | 'closed' };

/**
 * Writes the answer, its revision and the effect that puts it on the ticket, in one transaction. The same answer sent again changes
 * nothing. Zendesk accepts no changes on a ticket that is closed or deleted: its answer is stored here only.
 */
export async function recordAnswer(db: Database, answer: Answer): Promise<Recorded> {
  return db.transaction(async (tx) => {
    const survey = await findSurvey(tx, answer.tokenHash, answer.now, { lock: true });
    if (survey.state !== 'open') return { outcome: 'closed' };
    const { invitation, answer: before } = survey;
    const { score, comment, now } = answer;
    if (before && before.score === score && before.comment === comment) return { outcome: 'unchanged' };

    const revision = (before?.revision ?? 0) + 1;
    const changed = { score, comment, revision, changedAt: now };
    await tx
      .insert(responses)
      .values({ invitationId: invitation.id, answeredAt: now, ...changed })
      .onConflictDoUpdate({ target: responses.invitationId, set: changed });
    await tx
      .update(invitations)
      .set({ state: 'answered', reason: null, detail: null, claimedUntil: null })
      .where(eq(invitations.id, invitation.id));
    await recordHistory(tx, [
      // If the hand-over was in doubt, the answer shows that the mail arrived.
      ...surveyAsked(invitation),
      ...(before?.score === score ? [] : surveyAnswered(invitation, score, now)),
    ]);
    const { ticketId, survey: kind } = invitation;
    if (ticketId !== null && (await takesChanges(tx, ticketId))) {
      const note = answerNote({ survey: kind, score, comment, before, company: answer.company });
      await putOnTicket(tx, { ...invitation, ticketId }, score, revision, note);
    }
    return { outcome: 'recorded' };
  });
}

function surveyAnswered(
  { id, ticketId, survey, requesterId }: InvitationRow,
  score: number,
  at: Date,
): NewHistoryEntry[] {
  if (ticketId === null) return [];
  const value = `${survey}:${score}`;
  return [{ ticketId, at, kind: 'survey_answered', value, ref: id, actor: 'customer', actorId: requesterId }];
}

/** Removes the survey's other score tags: a ticket solved twice carries its latest answer only. */
async function putOnTicket(
  tx: Queryable,
  { id, ticketId, survey }: InvitationRow & { ticketId: number },
  score: number,
  revision: number,
  note: string,
): Promise<void> {
  const removeTags = scoresOf(survey)
    .filter((other) => other !== score)
    .map((other) => scoreTag(survey, other));
  await recordTicketChange(tx, {
    key: `answer:${id}:${revision}`,
    ticketId,
    cause: 'answer',
    change: { addTags: [scoreTag(survey, score)], removeTags, note },
  });
}

async function takesChanges(tx: Queryable, ticketId: number): Promise<boolean> {
  const [ticket] = await tx
    .select({ status: tickets.status, gone: tickets.gone })
    .from(tickets)
    .where(eq(tickets.id, ticketId));
  return !ticket || (ticket.status !== 'closed' && ticket.gone === null);
}

interface AnswerNote {
  survey: SurveyKind;
  score: number;
  comment: string;
  /** The answer this one replaces. */
  before: { score: number; comment: string } | null;
  company: string;
}

/** Text of the internal note. Always in English: agents read it, whatever the customer's language. */
function answerNote({ survey, score, comment, before, company }: AnswerNote): string {
  const scale = ENGLISH.scales[survey];
  const { highest } = SURVEY_KINDS[survey];
  const describe = (value: number) =>
    [`${value} of ${highest}`, scoreLabel(ENGLISH, survey, value)].filter(Boolean).join(', ');
  const lines = [
    `Customer's answer (${survey.toUpperCase()}): ${describe(score)}`,
    `Asked: ${[scale.lead, scale.question(company)].filter(Boolean).join(' ')}`,
  ];
  if (before && before.score !== score) lines.push(`Changed. Before: ${describe(before.score)}`);
  if (before && before.score === score) lines.push('Changed: the comment.');
  if (comment) lines.push('', 'Comment:', withoutPlaceholders(comment));
  return lines.join('\n');
}
