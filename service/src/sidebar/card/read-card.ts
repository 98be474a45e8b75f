// Puts the card of one ticket together from its sections.

import type { TicketCard } from '@deskwright/shared/contract';
import { nextSteps } from '../../decide/next-steps.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import { groupToBe } from '../../tickets/index.ts';
import type { Agent } from '../identity/agent.ts';
import type { CardContext, KnownNames, SharedRows, Stay, TicketContext } from './card-context.ts';
import type { CardParts, CardSection, ReadSection } from './card-section.ts';
import { departmentCards } from './department-cards.ts';
import { escalationCard } from './escalation-card.ts';
import { headCard } from './head-card.ts';
import { readQueue } from './queue-card.ts';
import { readConversation } from './read-conversation.ts';
import { readCustomer } from './read-customer.ts';
import { readEscalations, readMoves } from './read-escalations.ts';
import { readGuidance } from './read-guidance.ts';
import { readRefund } from './read-refund.ts';
import { readTicket } from './read-ticket.ts';
import { readTier } from './read-tier.ts';
import { tierCard } from './tier-card.ts';

type Sections = { readonly [Key in keyof CardParts]: ReadSection<Key> };

/** The sidebar's own, and what stands in the card where no feature brings another. */
const SECTIONS: Sections = {
  ticket: ({ ticket }) => headCard(ticket),
  rights: ({ agent }) => ({ edit: agent.may.edit, correct: agent.may.editTags }),
  asOf: ({ now }) => new Date(now).toISOString(),
  tier: async (context) => {
    const [tier, stay] = await Promise.all([readTier(context), context.rows.stay]);
    return tierCard(context, tier, stay);
  },
  queue: readQueue,
  guidance: readGuidance,
  toneOfVoice: ({ inForce }) => inForce.policy.tone_of_voice ?? null,
  escalation: async (context) => {
    const [said, moves, stay] = await Promise.all([context.rows.said, context.rows.moves, context.rows.stay]);
    return escalationCard(context, { ...stay, said, moves });
  },
  departments: async (context) => departmentCards(context, (await context.rows.stay).groupToBe),
  refund: readRefund,
  customer: readCustomer,
  answers: () => [],
};

export interface CardDeps {
  db: Database;
  policy: { current: () => PolicyWithGuidance };
  /** Null while Zendesk has not answered yet. */
  directory: KnownNames | null;
  /** That other features bring. */
  sections: readonly CardSection[];
  /** Epoch milliseconds. */
  clock: () => number;
}

/**
 * Everything the sidebar shows of a ticket, from the projection alone, in two rounds: the ticket, then all that hangs on it.
 * Null: the projection has no such ticket. Whether the agent may see the ticket itself is for the caller to say (`maySee`);
 * other tickets named in the card are those the agent may see. Throws when the database cannot be reached.
 */
export async function readCard(
  { db, policy, directory, clock, sections }: CardDeps,
  { ticketId, agent }: { ticketId: number; agent: Agent },
): Promise<TicketCard | null> {
  const found = await readTicket(db, ticketId);
  if (!found) return null;
  const inForce = policy.current();
  const onTicket: TicketContext = { db, ...found, agent, inForce, directory, now: clock() };
  const rows = readSharedRows(onTicket);
  const brought = Object.fromEntries(sections.map(({ key, read }) => [key, read]));
  const [parts] = await Promise.all([
    readParts({ ...onTicket, rows }, { ...SECTIONS, ...brought }),
    // Awaited here too: one that fails before a section has come to it must not end the process as a rejection that nobody handles.
    ...Object.values(rows),
  ]);
  const { answers, customer, ...card } = parts;
  return { ...card, customer: { ...customer, answers } };
}

async function readParts(context: CardContext, sections: Sections): Promise<CardParts> {
  const parts = await Promise.all(Object.entries(sections).map(async ([key, read]) => [key, await read(context)]));
  return Object.fromEntries(parts);
}

function readSharedRows(context: TicketContext): SharedRows {
  const moves = readMoves(context);
  return { said: readConversation(context), moves, stay: readStay(context, moves) };
}

async function readStay(context: TicketContext, moving: SharedRows['moves']): Promise<Stay> {
  const { db, ticket, inForce, directory } = context;
  const [toGroup, escalations, moves] = await Promise.all([groupToBe(db, ticket), readEscalations(context), moving]);
  const leftGroups = moves.map((move) => move.fromGroupId);
  const ways = nextSteps(
    inForce.policy,
    { ...ticket, groupToBe: toGroup, leftGroups, passedOn: escalations },
    (name) => directory?.groupId(name) ?? null,
  );
  return { ways, groupToBe: toGroup, escalations };
}
