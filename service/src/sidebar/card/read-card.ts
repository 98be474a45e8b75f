// Builds the card the sidebar shows for one ticket.
import type { TicketCard } from '@deskwright/shared/contract';
import { waysOn } from '../../decide/ways-on.ts';
import { groupToBe } from '../../tickets/write/open-changes.ts';
import { placeInLargeQueue } from '../../views/place-in-large-queue.ts';
import { nextOldest } from '../../views/queue-order.ts';
import type { Agent } from '../identity/agent.ts';
import type { CardContext, CardDeps } from './card-context.ts';
import { departmentCards } from './department-cards.ts';
import { departmentGroups } from './department-groups.ts';
import { escalationCard } from './escalation-card.ts';
import { headCard } from './head-card.ts';
import { inDepartment } from './in-department.ts';
import { isWaiting } from './is-waiting.ts';
import { queueCard } from './queue-card.ts';
import { readConversation } from './read-conversation.ts';
import { readCustomer } from './read-customer.ts';
import { readEscalations, readMoves } from './read-escalations.ts';
import { readGuidance } from './read-guidance.ts';
import { readRefund } from './read-refund.ts';
import { readTicket } from './read-ticket.ts';
import { readTier } from './read-tier.ts';
import { seenBy } from './seen-by.ts';
import { tierCard } from './tier-card.ts';

/**
 * Everything the sidebar shows of a ticket, from the projection alone, in two rounds: the ticket, then all that hangs on it.
 * Null: the projection has no such ticket. Whether the agent may see the ticket itself is for the caller to say (`maySee`);
 * other tickets named in the card are those the agent may see. Throws when the database cannot be reached.
 */
export async function readCard(
  { db, policy, directory, clock }: CardDeps,
  { ticketId, agent }: { ticketId: number; agent: Agent },
): Promise<TicketCard | null> {
  const found = await readTicket(db, ticketId);
  if (!found) return null;
  const { ticket, requester } = found;
  const inForce = policy.current();
  const context: CardContext = { db, ticket, requester, agent, inForce, directory, now: clock() };
  const departments = departmentGroups(context);
  const notIn = [...departments.keys()];
  const [tier, toGroup, place, next, said, guidance, escalations, moves, refund, customer] = await Promise.all([
    readTier(context),
    groupToBe(db, ticket),
    isWaiting(ticket) ? placeInLargeQueue(db, { ...ticket, notIn }) : null,
    nextOldest(db, {
      tier: ticket.tier,
      besides: ticket.id,
      seen: seenBy(agent),
      inGroups: nobodysGroups(agent),
      notIn,
    }),
    readConversation(context),
    readGuidance(context),
    readEscalations(context),
    readMoves(context),
    readRefund(context),
    readCustomer(context),
  ]);
  const standing = { ...ticket, groupToBe: toGroup, leftGroups: moves.map((move) => move.fromGroupId) };
  const ways = waysOn(
    inForce.policy,
    { ...standing, passedOn: escalations },
    (name) => directory?.groupId(name) ?? null,
  );
  const stay = { ways, groupToBe: toGroup, escalations };
  return {
    ticket: headCard(ticket),
    rights: { edit: agent.may.edit, correct: agent.may.editTags },
    asOf: new Date(context.now).toISOString(),
    tier: tierCard(context, tier, stay),
    queue: queueCard(context, {
      place,
      next,
      said,
      department: inDepartment(context, { ...stay, departments, moves }),
    }),
    guidance,
    toneOfVoice: inForce.policy.tone_of_voice ?? null,
    escalation: escalationCard(context, { ...stay, said, moves }),
    departments: departmentCards(context, toGroup),
    refund,
    customer,
  };
}

/** Of nobody's tickets, those in which groups the agent may see; null: not a matter of groups. Who sees only their own sees none. */
function nobodysGroups({ sees, groupIds }: Agent): readonly number[] | null {
  if (sees === 'assigned') return [];
  return sees === 'groups' ? groupIds : null;
}
