// Reads the guidance for the ticket's category.
import type { GuidanceCard } from '@deskwright/shared/contract';
import { fillGuidance } from '../../policy/guidance/fill-guidance.ts';
import type { CardContext } from './card-context.ts';
import { readTicks } from './read-ticks.ts';

/** Null: the ticket is not decided, or the policy has no guidance for its category. */
export async function readGuidance(context: CardContext): Promise<GuidanceCard | null> {
  const { ticket, requester, agent, inForce } = context;
  const guidance = ticket.category === null ? undefined : inForce.guidance.get(ticket.category);
  if (ticket.category === null || guidance === undefined) return null;
  return fillGuidance(guidance, {
    categoryId: ticket.category,
    values: {
      ticketId: ticket.id,
      subject: ticket.subject,
      requesterName: requester?.name ?? null,
      agentName: agent.name,
      company: inForce.policy.company,
    },
    ticks: await readTicks(context),
  });
}
