// Builds the card about the tier, the reason for it and for the priority.
import type { Decision, Policy, Reason } from '@deskwright/shared';
import type { Escalation, TierCard } from '@deskwright/shared/contract';
import { correctionOf } from '../../decide/correction.ts';
import { explainSentence } from '../../decide/explain-sentence.ts';
import type { Agent } from '../identity/agent.ts';
import type { CardContext, Stay } from './card-context.ts';
import { customerQuote } from './customer-quote.ts';
import { describeEscalation } from './describe-escalation.ts';
import { namedCategory, namedTier } from './names.ts';
import { conversation } from './read-conversation.ts';
import type { TierRows } from './read-tier.ts';

/** The reason shown when there is no decision. */
const BY: Readonly<Record<TierCard['placedBy'], Reason>> = {
  human: { by: 'human', what: 'category or group' },
  policy: { by: 'nothing' },
};

/** Null while the ticket is not decided. */
export function tierCard(context: CardContext, rows: TierRows | null, stay: Stay): TierCard | null {
  const { ticket, inForce } = context;
  const { category, tier, placedBy } = ticket;
  if (category === null || tier === null || rows === null) return null;
  const { policy } = inForce;
  const { lastDecision, correction, assignee } = rows;
  const decided = placedBy === 'policy' && lastDecision?.category === category ? lastDecision : null;
  const reason = decided?.decision.category.reason ?? BY[placedBy];
  const { from, atDepartment } = stay.ways;
  return {
    category: namedCategory(policy, category),
    tier: { ...namedTier(policy, tier), handles: policy.tiers.find(({ id }) => id === tier)?.handles ?? null },
    heldBy: from === null || from === tier || atDepartment ? null : namedTier(policy, from),
    assignee,
    sentence:
      decided?.sentence ??
      explainSentence({ category: { value: category, reason }, tier: { value: tier, reason } }, policy),
    reason,
    quote: customerQuote(reason, context.rows(conversation), ticket.subject),
    priority: prioritySet(lastDecision?.decision),
    nearestMiss: isLead(context.agent, policy) ? (decided?.decision.nearestMiss ?? null) : null,
    decidedAt: (ticket.decidedAt ?? ticket.snapshotAt).toISOString(),
    placedBy,
    passedOn: passedOn(context, rows, stay),
    policySaid:
      placedBy === 'human' && lastDecision
        ? { category: namedCategory(policy, lastDecision.category), reason: lastDecision.decision.category.reason }
        : null,
    correction,
    categories: policy.categories.map(({ id, name, tier: leadsTo }) => ({
      id,
      name,
      tierName: namedTier(policy, leadsTo).name,
    })),
    movesTo: movesOf(context, stay),
  };
}

/** Null: the policy leaves the priority as it is. */
function prioritySet(decision: Decision | undefined): TierCard['priority'] {
  const { value = null, reason } = decision?.priority ?? {};
  return value === null || reason === undefined ? null : { value, reason };
}

/** Admins, and those who approve refunds above the limit: they can have the policy changed. */
function isLead({ role, email }: Agent, { refunds }: Policy): boolean {
  if (role === 'admin') return true;
  return email !== null && (refunds?.approve_above_limit.some((lead) => lead.toLowerCase() === email) ?? false);
}

/** By category, the tier to which the ticket would move. */
function movesOf(
  { ticket, inForce, directory }: CardContext,
  { pendingGroup, escalations: [last] }: Stay,
): Readonly<Record<string, string>> {
  const { policy } = inForce;
  const correctable = { ...ticket, groupId: pendingGroup, escalatedTo: last?.kind === 'tier' ? last.target : null };
  const groupIdOf = (name: string): number | null => directory?.groupId(name) ?? null;
  return Object.fromEntries(
    policy.categories.flatMap((category) => {
      const { tier, movedTo } = correctionOf(policy, correctable, category.tier, groupIdOf);
      return movedTo === null ? [] : [[category.id, namedTier(policy, tier).name]];
    }),
  );
}

/** The last escalation or hand-off, unless the ticket was corrected or moved elsewhere afterwards. */
function passedOn(
  context: CardContext,
  { correction }: TierRows,
  { pendingGroup, escalations }: Stay,
): Escalation | null {
  const { ticket, inForce, directory } = context;
  const [last] = escalations;
  if (ticket.placedBy !== 'human' || last === undefined) return null;
  if (correction !== null && Date.parse(correction.at) > last.escalatedAt.getTime()) return null;
  const { tiers, departments } = inForce.policy;
  const places: readonly { id: string; group: string }[] = last.kind === 'tier' ? tiers : departments;
  const group = places.find(({ id }) => id === last.target)?.group;
  const groupId = group === undefined ? null : (directory?.groupId(group) ?? null);
  return groupId !== null && groupId !== pendingGroup ? null : describeEscalation(context, last);
}
