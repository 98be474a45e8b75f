// Reads the guidance for the ticket's category, which of its steps are done, and the numbers that guidance needs.
import type { FoundValues, GuidanceCard } from '@deskwright/shared/contract';
import { eq, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { onceFor, rowsOf } from '../../platform/storage/joined-queries.ts';
import { fillGuidance } from '../../policy/guidance/guidance.ts';
import { guidanceTicks } from '../tables.ts';
import type { Asked, CardContext } from './card-context.ts';
import { isTheirs } from './in-department.ts';
import { agentName } from './names.ts';
import { conversation } from './read-conversation.ts';

/** Steps that are done, and by whom. */
export const ticks = ({ ticketId }: Asked) => {
  const { stepId, agentId, doneAt } = guidanceTicks;
  return rowsOf({ stepId, agentId, doneAt, by: sql<string | null>`${people.name}` }, (select) =>
    select.from(guidanceTicks).leftJoin(people, eq(people.id, agentId)).where(eq(guidanceTicks.ticketId, ticketId)),
  );
};

/** Null: the ticket is not decided, its category has no guidance, or the agent's department has the ticket: the steps are the tiers'. */
export function readGuidance(context: CardContext): GuidanceCard | null {
  const { ticket, requester, agent, inForce, rows, stay } = context;
  if (stay.ways.atDepartment && isTheirs({ agent }, stay.pendingGroup)) return null;
  const guidance = ticket.category === null ? undefined : inForce.guidance.get(ticket.category);
  if (ticket.category === null || guidance === undefined) return null;
  const done = rows(ticks).map(
    ({ stepId, by, agentId, doneAt }) => [stepId, { by: agentName(by, agentId), at: doneAt.toISOString() }] as const,
  );
  return fillGuidance(guidance, {
    categoryId: ticket.category,
    values: {
      ticketId: ticket.id,
      subject: ticket.subject,
      requesterName: requester?.name ?? null,
      agentName: agent.name,
      company: inForce.policy.company,
      lookups: new Map([...valuesOf(context)].map(([name, [newest]]) => [name, newest ?? null])),
    },
    ticks: new Map(done),
  });
}

/** Values of one lookup. */
const MOST = 5;

/** By the name of the lookup, newest first: the customer's public messages that the card reads, then the description and the subject. */
export const valuesOf = onceFor(({ inForce, rows, ticket }: CardContext): ReadonlyMap<string, readonly string[]> => {
  const { lookups } = inForce.compiled;
  if (lookups.size === 0) return new Map();
  const messages = rows(conversation).flatMap(({ byCustomer, body }) => (byCustomer && body !== null ? [body] : []));
  const texts = [...messages.toReversed(), ticket.description, ticket.subject];
  return new Map([...lookups].map(([name, find]) => [name, distinct(texts.flatMap(find)).slice(0, MOST)]));
});

/** The same in other capitals is the same. */
function distinct(values: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const value of values) if (!found.has(value.toUpperCase())) found.set(value.toUpperCase(), value);
  return [...found.values()];
}

export function readFound(context: CardContext): FoundValues[] {
  return [...valuesOf(context)].flatMap(([name, values]) =>
    values.length === 0 ? [] : [{ label: name.replaceAll('_', ' '), values }],
  );
}
