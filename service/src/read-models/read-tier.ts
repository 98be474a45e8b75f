// Where does the ticket belong, and why?
import type { Decision, Reason } from '@deskwright/shared';
import type { TierCard } from '@deskwright/shared/contract';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { explainSentence } from '../capabilities/explain-sentence.ts';
import { decisions } from '../storage/schema.ts';
import type { CardContext } from './card-context.ts';
import { namedCategory, namedTier } from './names.ts';
import { readCorrection } from './read-correction.ts';

/** Why a ticket is where it is when no decision says so. */
const BY: Readonly<Record<TierCard['placedBy'], Reason>> = {
  human: { by: 'human', what: 'category or group' },
  policy: { by: 'nothing' },
};

/** Null while the ticket is not decided. */
export async function readTier(context: CardContext): Promise<TierCard | null> {
  const { ticket, inForce } = context;
  const { category, tier, placedBy } = ticket;
  if (category === null || tier === null) return null;
  const { policy } = inForce;
  const [placing, correction] = await Promise.all([
    readPlacing(context),
    placedBy === 'human' ? readCorrection(context, category) : null,
  ]);
  const decided = placedBy === 'policy' && placing?.category === category ? placing : null;
  const reason = decided?.decision.category.reason ?? BY[placedBy];
  return {
    category: namedCategory(policy, category),
    tier: { ...namedTier(policy, tier), handles: policy.tiers.find(({ id }) => id === tier)?.handles ?? null },
    sentence:
      decided?.sentence ??
      explainSentence({ category: { value: category, reason }, tier: { value: tier, reason } }, policy),
    reason,
    nearestMiss: decided?.decision.nearestMiss ?? null,
    decidedAt: (ticket.decidedAt ?? ticket.snapshotAt).toISOString(),
    placedBy,
    policySaid:
      placedBy === 'human' && placing
        ? { category: namedCategory(policy, placing.category), reason: placing.decision.category.reason }
        : null,
    correction,
    categories: policy.categories.map(({ id, name, tier: leadsTo }) => ({
      id,
      name,
      tierName: namedTier(policy, leadsTo).name,
    })),
  };
}

/** The last decision that put the ticket somewhere: later ones may have left it to a person, or found it solved. */
async function readPlacing({
  db,
  ticket,
}: CardContext): Promise<{ decision: Decision; sentence: string; category: string } | null> {
  const [row] = await db
    .select({ decision: decisions.decision, sentence: decisions.sentence, category: decisions.category })
    .from(decisions)
    .where(and(eq(decisions.ticketId, ticket.id), inArray(decisions.outcome, ['acted', 'unchanged'])))
    .orderBy(desc(decisions.id))
    .limit(1);
  return row ?? null;
}
