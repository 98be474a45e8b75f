// Assembles the card of one ticket from its sections.

import type { TicketCard } from '@deskwright/shared/contract';
import { nextSteps } from '../../decide/escalation.ts';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { onceFor } from '../../platform/storage/joined-queries.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import { groupAfter, openMoves } from '../../tickets/index.ts';
import type { Agent } from '../identity/agent.ts';
import { withoutUndone } from '../moves-by-people.ts';
import type { CardContext, CardQuery, CardRows, KnownNames, Stay, TicketContext } from './card-context.ts';
import type { CardParts, CardSection, Section } from './card-section.ts';
import { departmentCards } from './department-cards.ts';
import { escalationCard, pastEscalations, pastMoves } from './escalation-card.ts';
import { headCard } from './head-card.ts';
import { QUEUE_QUERIES, queueValues, readQueue } from './queue-card.ts';
import { conversation } from './read-conversation.ts';
import { pastCorrections } from './read-correction.ts';
import { CUSTOMER_QUERIES, readCustomer } from './read-customer.ts';
import { readFound, readGuidance, ticks } from './read-guidance.ts';
import { rowsOfSections } from './read-rows.ts';
import { type FoundTicket, readTicket } from './read-ticket.ts';
import { readTier, TIER_QUERIES } from './read-tier.ts';
import { tierCard } from './tier-card.ts';

type Sections = { readonly [Key in keyof CardParts]: Section<Key> };

const movesUnderWay: CardQuery<{ payload: unknown }> = ({ ticketId }) => openMoves(ticketId);

/** Read for more than one section. */
const SHARED = [conversation, pastMoves, pastEscalations, pastCorrections, movesUnderWay];

/** What agents do here would be written to Zendesk. */
const ONLY_WATCHING = { edit: false, correct: false, onlyWatching: true } as const;

const NO_ANSWERS = { answers: [], hasMoreAnswers: false };
const NO_APPROVALS = { here: [], elsewhere: [] };

/** The sidebar's own sections, and defaults for those that other features add. */
const SECTIONS: Sections = {
  ticket: { read: ({ ticket }) => headCard(ticket) },
  rights: {
    read: ({ agent: { may }, isActedOn = true }) =>
      isActedOn ? { edit: may.edit, correct: may.editTags } : ONLY_WATCHING,
  },
  asOf: { read: ({ now }) => new Date(now).toISOString() },
  tier: { queries: TIER_QUERIES, read: async (context) => tierCard(context, await readTier(context), context.stay) },
  queue: { queries: QUEUE_QUERIES, values: queueValues, read: readQueue },
  guidance: { queries: [ticks], read: readGuidance, ifBroken: null },
  found: { read: readFound, ifBroken: [] },
  toneOfVoice: { read: ({ inForce }) => inForce.policy.tone_of_voice ?? null, ifBroken: null },
  escalation: { read: escalationCard },
  departments: { read: (context) => departmentCards(context, context.stay.pendingGroup), ifBroken: [] },
  refund: { read: () => null, ifBroken: null },
  recordedRefunds: { read: () => [], ifBroken: [] },
  tools: { read: () => null, ifBroken: null },
  verification: { read: () => null, ifBroken: null },
  goodwill: { read: () => null, ifBroken: null },
  refundApprovals: { read: () => NO_APPROVALS, ifBroken: NO_APPROVALS },
  customer: { queries: CUSTOMER_QUERIES, read: readCustomer },
  answers: { read: () => NO_ANSWERS, ifBroken: NO_ANSWERS },
  feedback: { read: () => null, ifBroken: null },
  reminder: { read: () => null, ifBroken: null },
  followUp: { read: () => null, ifBroken: null },
};

export interface CardDeps {
  db: Database;
  policy: { current: () => PolicyWithGuidance };
  /** Null while Zendesk has not answered yet. */
  directory: KnownNames | null;
  /** Of other features. */
  sections: readonly CardSection[];
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'error'>;
}

/**
 * Everything the sidebar shows of a ticket, from the projection alone, in two statements: the ticket, then all that hangs on it.
 * Null: the projection has no such ticket. The caller checks whether the agent may see the ticket (`maySee`);
 * other tickets named in the card are those the agent may see. Throws when the database cannot be reached.
 * @param on `found`: the ticket, where the caller has just read it
 */
export async function readCard(
  { db, policy, directory, clock, sections, logger }: CardDeps,
  { ticketId, agent, found }: { ticketId: number; agent: Agent; found?: FoundTicket | undefined },
): Promise<TicketCard | null> {
  const onTicket = found ?? (await readTicket(db, ticketId));
  if (!onTicket) return null;
  const { all, readRows } = withSections(sections);
  const context: TicketContext = { db, ...onTicket, agent, inForce: policy.current(), directory, now: clock() };
  const broken = new Set<string>();
  const leaveOut = (section: string, error: unknown): void => {
    broken.add(section);
    const about = { section, ticketId, ...aboutError(error) };
    logger.error(about, 'A section of the card failed; the card is shown without it');
  };
  const rows = await readRows(db, context, leaveOut);
  const { answers, feedback, customer, ...card } = await readParts(
    { ...context, rows, stay: stayOf(context, rows) },
    all,
    {
      broken,
      leaveOut,
    },
  );
  return { ...card, customer: { ...customer, ...answers, feedback } };
}

const withSections = onceFor((brought: readonly CardSection[]) => {
  const added = brought.map((section) => [section.key, { ...SECTIONS[section.key], ...section }]);
  const all: Sections = { ...SECTIONS, ...Object.fromEntries(added) };
  return { all, readRows: rowsOfSections(all, SHARED) };
});

async function readParts(
  context: CardContext,
  sections: Sections,
  { broken, leaveOut }: { broken: ReadonlySet<string>; leaveOut: (section: string, error: unknown) => void },
): Promise<CardParts> {
  const parts = await Promise.all(
    Object.entries(sections).map(async ([key, { read, ifBroken }]) => {
      if (broken.has(key)) return [key, ifBroken];
      try {
        return [key, await read(context)];
      } catch (error) {
        if (ifBroken === undefined) throw error;
        leaveOut(key, error);
        return [key, ifBroken];
      }
    }),
  );
  return Object.fromEntries(parts);
}

function stayOf({ ticket, inForce, directory }: TicketContext, rows: CardRows): Stay {
  const pendingGroup = groupAfter(ticket, rows(movesUnderWay));
  const passedOn = rows(pastEscalations);
  const leftGroups = withoutUndone(rows(pastMoves), rows(pastCorrections)).map((move) => move.fromGroupId);
  const ways = nextSteps(
    inForce.policy,
    { ...ticket, pendingGroup, leftGroups, passedOn },
    (name) => directory?.groupId(name) ?? null,
  );
  return { ways, pendingGroup, escalations: passedOn };
}
