// Serves guidance for a ticket that is not saved yet.
import type { Policy } from '@deskwright/shared';
import type { NewTicketGuidance } from '@deskwright/shared/contract';
import { fillGuidance, type GuidanceByCategory } from '../../policy/guidance/guidance.ts';
import type { Agent } from '../identity/agent.ts';

/**
 * All guidance in the policy's order, without done steps or a customer. Titled by category: an agent chooses from
 * these, and knows categories by their names in cards and the policy.
 */
export function newTicketGuidance(
  { policy, guidance }: { policy: Policy; guidance: GuidanceByCategory },
  agent: Agent,
): NewTicketGuidance {
  const values = {
    ticketId: null,
    subject: null,
    requesterName: null,
    agentName: agent.name,
    company: policy.company,
    lookups: new Map(policy.lookups.map(({ name }) => [name, null])),
  };
  return {
    toneOfVoice: policy.tone_of_voice ?? null,
    categories: policy.categories.flatMap(({ id, name }) => {
      const ofCategory = guidance.get(id);
      return ofCategory
        ? [{ ...fillGuidance(ofCategory, { categoryId: id, values, ticks: new Map() }), title: name }]
        : [];
    }),
  };
}
