// Builds the card about escalating: where to, when, and the ticket's past escalations.
import type { EscalationCard, Way } from '@deskwright/shared/contract';
import { evaluateCriteria } from '../../decide/evaluate-criteria.ts';
import type { NextSteps } from '../../decide/next-steps.ts';
import { askedQuestions } from './asked-questions.ts';
import type { CardContext, Said } from './card-context.ts';
import { cardFacts } from './card-facts.ts';
import { formFields } from './form-fields.ts';
import { canBePassedOn } from './is-closed.ts';
import { namedTier } from './names.ts';
import { conversation } from './read-conversation.ts';
import { countMoves } from './read-correction.ts';
import { pastMoves } from './read-escalations.ts';
import { tellEscalation } from './tell-escalation.ts';
import { way } from './way.ts';

export function escalationCard(context: CardContext): EscalationCard {
  const { inForce, rows, stay } = context;
  const said = rows(conversation);
  return {
    ...waysCard(context, stay.ways, said),
    fields: formFields(inForce.policy.escalation.fields),
    moves: countMoves(context, rows(pastMoves)),
    history: stay.escalations.map((row) => tellEscalation(context, row)),
    asked: askedQuestions(said),
  };
}

type WaysCard = Pick<EscalationCard, 'from' | 'next' | 'back' | 'criteria'>;
const NO_WAY: WaysCard = { from: null, next: null, back: [], criteria: [] };

function waysCard(context: CardContext, { from, next, back }: NextSteps, said: readonly Said[]): WaysCard {
  const { ticket, inForce } = context;
  const { policy, compiled } = inForce;
  if (from === null || !canBePassedOn(ticket)) return NO_WAY;
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
