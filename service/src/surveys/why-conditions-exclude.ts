// Decides, when a survey is due, whether the policy's conditions exclude the ticket's customer.
import { type Policy, SURVEYS } from '@deskwright/shared';
import { and, eq, isNull } from 'drizzle-orm';
import { compileRuleSet } from '../decide/rules/rule-set.ts';
import { whyNotAsked } from '../decide/why-not-asked.ts';
import { readGroups } from '../directory/directory.ts';
import { people } from '../directory/tables.ts';
import { readSolveFacts } from '../history/index.ts';
import type { Queryable } from '../platform/storage/database.ts';
import { refunds } from '../refunds/index.ts';
import { loadFacts, type TicketRow } from '../tickets/index.ts';
import type { NameOf } from './names-asked.ts';
import type { InvitationRow, Requester } from './why-not-send.ts';

interface Asked {
  readonly invitation: Pick<InvitationRow, 'survey' | 'solvedAt' | 'category'>;
  readonly ticket: TicketRow;
  readonly requester: Requester;
  readonly policy: Policy;
  readonly nameOf: NameOf;
  readonly now: Date;
}

/**
 * The conditions ask for a name that the ticket has in Zendesk and that was not read from there yet, as after the policy named its first organization. Read as
 * none, it would survey those whom a condition excludes.
 */
export function isNameUnread({ invitation, ticket, policy, nameOf }: Asked): boolean {
  const conditions = conditionsOf(invitation, policy);
  if (conditions === undefined) return false;
  const { asks } = compileRuleSet([conditions]);
  const ids = { organization: ticket.organizationId, brand: ticket.brandId, form: ticket.formId };
  return (['organization', 'brand', 'form'] as const).some(
    (kind) => asks.has(kind) && ids[kind] !== null && nameOf(kind, ids[kind]) === null,
  );
}

/** Only surveys after a solve have conditions of this kind. */
function conditionsOf({ survey }: Asked['invitation'], policy: Policy) {
  const kind = SURVEYS.find((one) => one === survey);
  return kind && policy.surveys[kind]?.conditions;
}

/** The conditions that do not hold, in one line; null: all hold. */
export async function whyConditionsExclude(tx: Queryable, asked: Asked): Promise<string | null> {
  const { invitation, ticket, requester, policy, nameOf, now } = asked;
  const conditions = conditionsOf(invitation, policy);
  if (conditions === undefined || invitation.solvedAt === null) return null;
  const groups = await readGroups(tx);
  const solve = await readSolveFacts(tx, {
    ticketId: ticket.id,
    solvedAt: invitation.solvedAt,
    policy,
    groupIdOf: (name) => groups.get(name) ?? null,
  });
  const names = {
    group: [...groups].find(([, id]) => id === ticket.groupId)?.[0] ?? null,
    requester: requester.name,
    requesterEmail: requester.email,
    language: requester.locale,
    assignee: await readEmail(tx, ticket.assigneeId),
    organization: nameOf('organization', ticket.organizationId),
    brand: nameOf('brand', ticket.brandId),
    form: nameOf('form', ticket.formId),
  };
  const facts = {
    ...loadFacts(ticket, null, names, now.getTime()),
    solve: {
      ...solve,
      refunded: await isRefunded(tx, ticket.id),
      category: ticket.category ?? invitation.category,
      tier: ticket.tier,
    },
  };
  return whyNotAsked(facts, conditions);
}

async function readEmail(tx: Queryable, agentId: number | null): Promise<string | null> {
  if (agentId === null) return null;
  const [agent] = await tx.select({ email: people.email }).from(people).where(eq(people.id, agentId));
  return agent?.email ?? null;
}

async function isRefunded(tx: Queryable, ticketId: number): Promise<boolean> {
  const stands = and(eq(refunds.ticketId, ticketId), eq(refunds.state, 'granted'), isNull(refunds.undoneAt));
  const found = await tx.select({ id: refunds.id }).from(refunds).where(stands).limit(1);
  return found.length > 0;
}
