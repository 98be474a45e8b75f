// Builds the card about escalating: where to, when, and the ticket's past escalations.
import { foldText, type TicketFacts } from '@deskwright/shared';
import type { EscalationCard, Way } from '@deskwright/shared/contract';
import { desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { evaluateCriteria, type NextSteps } from '../../decide/escalation.ts';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { loadFacts, type Names, ticketMoves } from '../../tickets/index.ts';
import { countMoves } from '../moves-by-people.ts';
import { escalations } from '../tables.ts';
import type { CardContext, CardQuery, EscalationRow, MoveRow, Said } from './card-context.ts';
import { describeEscalation } from './describe-escalation.ts';
import { canBePassedOn } from './head-card.ts';
import { isTheirs } from './in-department.ts';
import { namedTier } from './names.ts';
import { conversation } from './read-conversation.ts';
import { pastCorrections } from './read-correction.ts';
import { cutSentence, sentencesOf } from './sentences.ts';
import { formFields, way } from './way.ts';

export function escalationCard(context: CardContext): EscalationCard {
  const { inForce, rows, stay } = context;
  const said = rows(conversation);
  const corrections = rows(pastCorrections);
  return {
    ...waysCard(context, stay.ways, said),
    fields: formFields(inForce.policy.escalation.fields),
    moves: countMoves(rows(pastMoves), corrections),
    corrections: corrections.filter(({ undoneAt }) => undoneAt === null).length,
    history: stay.escalations.map((row) => describeEscalation(context, row)),
    asked: askedQuestions(said),
  };
}

type WaysCard = Pick<EscalationCard, 'from' | 'next' | 'back' | 'criteria' | 'answerTo'>;
const NO_WAY: WaysCard = { from: null, next: null, back: [], criteria: [] };

function waysCard(
  context: CardContext,
  { from, next, back, atDepartment }: NextSteps,
  said: readonly Said[],
): WaysCard {
  const { ticket, inForce } = context;
  const { policy, compiled } = inForce;
  if (from === null || !canBePassedOn(ticket)) return NO_WAY;
  const holder = policy.tiers.find(({ id }) => id === from);
  if (atDepartment && isTheirs(context, context.stay.pendingGroup) && holder)
    return { ...NO_WAY, answerTo: way(context, holder, holder.group) };
  const { facts, unknown } = cardFacts(context, said.findLast(({ byCustomer }) => byCustomer)?.body ?? null);
  const waysTo = (ids: readonly string[]): Way[] =>
    policy.tiers.filter(({ id }) => ids.includes(id)).map((tier) => way(context, tier, tier.group));
  return {
    from: namedTier(policy, from),
    next: waysTo(next === null ? [] : [next])[0] ?? null,
    back: waysTo(back),
    criteria: evaluateCriteria(facts, compiled.criteria, from, unknown),
  };
}

/** The most that are shown. */
const MOST = 8;
const HAS_WORD = /[\p{L}\p{N}]/u;
const QUESTION = /[?？؟]["'”’»)\]]*$/u;

/** Questions in public agent comments, oldest first; the newest eight if there are more. A repeated question is listed at its first occurrence. @internal */
export function askedQuestions(conversation: readonly Said[]): EscalationCard['asked'] {
  const asked = new Map<string, EscalationCard['asked'][number]>();
  for (const { byCustomer, body, name, at } of conversation) {
    if (byCustomer || body === null) continue;
    for (const sentence of sentencesOf(body)) {
      const key = foldText(sentence);
      if (!QUESTION.test(sentence) || !HAS_WORD.test(sentence) || asked.has(key)) continue;
      asked.set(key, { text: cutSentence(sentence), by: name, at: at.toISOString() });
    }
  }
  return [...asked.values()].slice(-MOST);
}

interface CardFacts {
  readonly facts: TicketFacts;
  /** Fields that Zendesk has and that we have not read: unknown is not the same as empty. */
  readonly unknown: ReadonlySet<string>;
}

/** The facts for the criteria, from stored data: nothing is read from Zendesk for a card. */
function cardFacts(context: CardContext, comment: string | null): CardFacts {
  const { ticket, requester, directory, now } = context;
  const names: Names = {
    group: directory?.nameOf('group', ticket.groupId) ?? null,
    assignee: directory?.emailOfAgent(ticket.assigneeId) ?? null,
    requester: requester?.name ?? null,
    requesterEmail: requester?.email ?? null,
    organization: directory?.nameOf('organization', ticket.organizationId) ?? null,
    brand: directory?.nameOf('brand', ticket.brandId) ?? null,
    form: directory?.nameOf('form', ticket.formId) ?? null,
    language: requester?.locale ?? null,
  };
  const strange = ticket.requesterId !== null && requester === null;
  const unknown = {
    group: ticket.groupId !== null && names.group === null,
    assignee: ticket.assigneeId !== null && names.assignee === null,
    requester: strange,
    requester_email: strange,
    language: strange,
    organization: ticket.organizationId !== null && names.organization === null,
    brand: ticket.brandId !== null && names.brand === null,
    form: ticket.formId !== null && names.form === null,
    custom_field: ticket.customFields === null,
  };
  return {
    facts: loadFacts(ticket, comment, names, now),
    unknown: new Set(Object.entries(unknown).flatMap(([field, isUnknown]) => (isUnknown ? [field] : []))),
  };
}

/** Newest first. */
export const pastEscalations: CardQuery<EscalationRow> = ({ ticketId }) =>
  rowsOf({ ...getTableColumns(escalations), by: sql<string | null>`${people.name}` }, (select) =>
    select
      .from(escalations)
      .leftJoin(people, eq(people.id, escalations.agentId))
      .where(eq(escalations.ticketId, ticketId))
      .orderBy(desc(escalations.id)),
  );

/** From group to group, newest first. */
export const pastMoves: CardQuery<MoveRow> = ({ ticketId }) => {
  const { fromGroupId, toGroupId, movedAt } = ticketMoves;
  return rowsOf({ fromGroupId, toGroupId, movedAt }, (select) =>
    select.from(ticketMoves).where(eq(ticketMoves.ticketId, ticketId)).orderBy(desc(ticketMoves.id)),
  );
};
