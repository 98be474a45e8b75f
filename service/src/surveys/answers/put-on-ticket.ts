// Writes an answer to its ticket: tags and an internal note.
import { SURVEY_KINDS, type SurveyKind, scoresOf, scoreTag } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import { recordTicketChange, tickets } from '../../tickets/index.ts';
import { brandOf, inBrand } from '../brand.ts';
import { describeConsent } from '../follow-ups/describe-follow-up.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { responses } from '../tables.ts';
import { scoreLabel } from '../texts/survey-texts.ts';
import { driversFor, textsFor } from '../texts/texts-for.ts';
import type { InvitationRow } from '../why-not-send.ts';
import type { ResponseRow, Settled } from './settle-answer.ts';

/**
 * Records the change of the ticket that shows the answer, unless it shows it already. Zendesk accepts no changes on a ticket that is closed or
 * deleted: its answer is stored here only, as is one about no ticket.
 */
export async function putOnTicket(
  tx: Queryable,
  invitation: InvitationRow,
  { answer, before }: Settled,
  ofAll: SurveyPolicy,
): Promise<void> {
  const { id, ticketId, survey } = invitation;
  const policy = inBrand(ofAll, invitation.brand);
  if (ticketId === null) {
    if (answer) await tx.update(responses).set({ onTicket: answer.revision }).where(eq(responses.invitationId, id));
    return;
  }
  const shown = before?.onTicket ? before : null;
  if (answer === null) {
    if (shown && (await takesChanges(tx, ticketId))) await removeFromTicket(tx, { id, ticketId, survey }, shown);
    return;
  }
  if (answer.onTicket === answer.revision) return;
  const { score, revision, submissionId } = answer;
  await tx.update(responses).set({ onTicket: revision }).where(eq(responses.invitationId, id));
  if (!(await takesChanges(tx, ticketId))) return;
  await recordTicketChange(tx, {
    key: `answer:${id}:${submissionId ?? 0}:${revision}`,
    ticketId,
    cause: 'answer',
    change: {
      addTags: [scoreTag(survey, score), ...answer.drivers.map(driverTag)],
      // Of the same survey: a ticket solved twice carries its latest answer only.
      removeTags: [...otherTags(survey, score), ...otherDrivers(answer.drivers, shown, policy)],
      note: answerNote({ survey, answer, before: shown, policy }),
    },
  });
}

const driverTag = (id: string): string => `driver__${id}`;

/** Of the ticket's former answer, and of the policy's drivers. */
function otherDrivers(ticked: readonly string[], shown: ResponseRow | null, { surveys }: SurveyPolicy): string[] {
  const known = surveys.page?.drivers?.map(({ id }) => id) ?? [];
  return [...new Set([...known, ...(shown?.drivers ?? [])])].filter((id) => !ticked.includes(id)).map(driverTag);
}

type OfTicket = Pick<InvitationRow, 'id' | 'survey'> & { ticketId: number };

async function removeFromTicket(tx: Queryable, { id, ticketId, survey }: OfTicket, shown: ResponseRow): Promise<void> {
  await recordTicketChange(tx, {
    key: `answer:${id}:${shown.submissionId ?? 0}:${shown.revision}:withdrawn`,
    ticketId,
    cause: 'answer',
    change: {
      removeTags: [...otherTags(survey, null), ...shown.drivers.map(driverTag)],
      note: `The answer (${survey.toUpperCase()}) no longer counts: it was given by a program that checks mail, not by the customer.`,
    },
  });
}

const otherTags = (survey: SurveyKind, score: number | null): string[] =>
  scoresOf(survey)
    .filter((other) => other !== score)
    .map((other) => scoreTag(survey, other));

/** One that is not known yet does. */
export async function takesChanges(tx: Queryable, ticketId: number): Promise<boolean> {
  const [ticket] = await tx
    .select({ status: tickets.status, gone: tickets.gone })
    .from(tickets)
    .where(eq(tickets.id, ticketId));
  return !ticket || (ticket.status !== 'closed' && ticket.gone === null);
}

interface AnswerNote {
  survey: SurveyKind;
  answer: ResponseRow;
  /** What the ticket shows until then. */
  before: ResponseRow | null;
  policy: SurveyPolicy;
}

/** Always in English: agents read it, whatever the customer's language. */
function answerNote({ survey, answer, before, policy }: AnswerNote): string {
  const { score, comment, drivers, mayContact } = answer;
  const texts = textsFor('en', policy.surveys.page);
  const scale = texts.scales[survey];
  const { highest } = SURVEY_KINDS[survey];
  const describe = (value: number) =>
    [`${value} of ${highest}`, scoreLabel(texts, survey, value)].filter(Boolean).join(', ');
  const lines = [
    `Customer's answer (${survey.toUpperCase()}): ${describe(score)}`,
    `Asked: ${[scale.lead, scale.question(brandOf(policy))].filter(Boolean).join(' ')}`,
  ];
  if (before && before.score !== score) lines.push(`Changed. Before: ${describe(before.score)}`);
  if (before && before.score === score && before.comment !== comment) lines.push('Changed: the comment.');
  const names = driversFor(texts, policy.surveys.page).filter(({ id }) => drivers.includes(id));
  if (names.length > 0) lines.push(`What mattered most: ${names.map(({ name }) => name).join('; ')}`);
  lines.push(...describeConsent(mayContact));
  if (comment) lines.push('', 'Comment:', withoutPlaceholders(comment));
  return lines.join('\n');
}
