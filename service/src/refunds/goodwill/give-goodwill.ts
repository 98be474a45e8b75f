// Gives a customer something of the goodwill catalogue, within the agent's budget of the day.
import { localDate, type Policy } from '@deskwright/shared';
import type { GiveGoodwill, Money } from '@deskwright/shared/contract';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { decideGoodwill, type GoodwillDecision, type GoodwillItem } from '../../decide/goodwill-decision.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { readRows } from '../../platform/storage/joined-queries.ts';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import {
  aName,
  answerRepeated,
  aRequestId,
  aText,
  DONE,
  defineAction,
  type Refused,
  refuse,
  SENT_FOR_ANOTHER,
} from '../../sidebar/index.ts';
import { recordTicketChange, type TicketRow } from '../../tickets/index.ts';
import { tiersOf } from '../agent-limit.ts';
import { nameCustomer } from '../customers.ts';
import { inNote } from '../enter-refund.ts';
import { readReason } from '../refund-reason.ts';
import { readStop } from '../stop.ts';
import { asUsed, usedGoodwill } from './read-goodwill.ts';
import { type GoodwillEntry, goodwillEntries } from './tables.ts';

/** The value is the catalogue's; the page sends the one that it showed, so that nobody gives what they did not see. */
const BODY = z.strictObject({
  item: aName,
  value: z.strictObject({ minor: z.int().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) }),
  reason: aText,
  isConfirmed: z.boolean().optional(),
  requestId: aRequestId,
}) satisfies z.ZodType<GiveGoodwill>;

/** Decides and records in one transaction, with a note and a tag on the ticket. The same request sent again has no effect. */
export const giveGoodwill = defineAction({
  name: 'give_goodwill',
  method: 'post',
  path: '/goodwill',
  body: BODY,
  status: 201,
  permission: { right: 'edit' },
  findRepeated: async (tx, on, { item, value, requestId }) => {
    const [given, ...later] = await tx.select().from(goodwillEntries).where(eq(goodwillEntries.requestId, requestId));
    // After it was taken back, the same form asks for another.
    return answerRepeated(given, on, (row) => row.item === item && later.length === 0 && isWorth(row, value));
  },
  perform: async ({ tx, ticket, agent, policy, policyHash, directory, now }, asked) => {
    const reason = readReason(asked.reason);
    if (typeof reason !== 'string') return reason;
    const { refunds } = policy;
    if (refunds?.goodwill === undefined) return refuse('forbidden', 'The policy has no goodwill.');
    await lockGoodwill(tx, agent.id);
    // Read after any wait for the lock: a stop of the meantime holds.
    const stop = await readStop(tx);
    if (stop) return refuse('refunds_stopped', `Refunds are stopped: ${stop.why}`);
    const { goodwill, currency } = refunds;
    const day = localDate(now.getTime(), policy.time_zone);
    const used = asUsed(await readRows(tx, usedGoodwill({ agentId: agent.id, currency, day })));
    const decision = decideGoodwill(goodwill, currency, {
      agent: { email: agent.email, role: agent.role, tiers: tiersOf(policy, directory, agent) },
      item: asked.item,
      used,
      isSameAgain: await isGiven(tx, ofCustomer(ticket), eq(goodwillEntries.item, asked.item)),
      isConfirmed: asked.isConfirmed ?? false,
    });
    const item = goodwill.catalogue.find(({ id }) => id === asked.item);
    const refused = refuseGoodwill(decision, { item, currency, usedToday: used.today });
    if (refused || item === undefined) return refused ?? GONE;
    const value = { minor: decision.value, currency };
    if (!isWorth({ valueMinor: value.minor, currency }, asked.value))
      return refuse('conflict', `The policy has changed: it is worth ${inNote(value)} now.`);
    const [given] = await tx
      .insert(goodwillEntries)
      .values({
        kind: 'given',
        requestId: asked.requestId,
        item: item.id,
        itemKind: item.kind,
        valueMinor: value.minor,
        currency,
        ticketId: ticket.id,
        agentId: agent.id,
        customer: ticket.requesterId === null ? null : await nameCustomer(tx, ticket.requesterId),
        day,
        budgetMinor: decision.perDay,
        perMonth: decision.perMonth,
        rule: decision.rule,
        policyHash,
        at: now,
      })
      .onConflictDoNothing()
      .returning();
    if (given === undefined) return SENT_FOR_ANOTHER;
    const give = item.give === undefined ? '' : `\n\nFor the customer:\n${item.give}`;
    const note = `Goodwill: ${describe(given, policy)} given by ${agent.name}\n\nReason:\n${reason}${give}`;
    await recordTicketChange(tx, {
      key: `goodwill:${given.id}`,
      ticketId: ticket.id,
      cause: 'agent',
      change: { note: withoutPlaceholders(note), addTags: [tagOf(given)] },
    });
    return DONE;
  },
  audit: ({ item, value: { minor, currency } }) => ({ item, valueMinor: minor, currency }),
});

/** Until the transaction ends no other gives or takes back for this agent. Take locks on tickets before it. */
export async function lockGoodwill(tx: Queryable, agentId: number): Promise<void> {
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended('deskwright goodwill ' || ${agentId}::bigint, 0))`,
  );
}

/** `Credit of $10 ($10)`; the id where the policy no longer has it. */
export function describe({ item, valueMinor, currency }: GoodwillEntry, { refunds }: Policy): string {
  return `${nameOfItem(item, refunds?.goodwill?.catalogue)} (${inNote({ minor: valueMinor, currency })})`;
}

export const nameOfItem = (id: string, catalogue: readonly GoodwillItem[] = []): string =>
  catalogue.find((item) => item.id === id)?.name ?? id;

export const tagOf = ({ itemKind }: Pick<GoodwillEntry, 'itemKind'>): string => `goodwill__${itemKind}`;

const isWorth = (entry: Pick<GoodwillEntry, 'valueMinor' | 'currency'>, { minor, currency }: Money): boolean =>
  entry.valueMinor === minor && entry.currency === currency;

export const onTicket = (ticketId: number): SQL => eq(goodwillEntries.ticketId, ticketId);

/** On any of their tickets, and on this one also to who had it before. */
const ofCustomer = ({ id, requesterId }: Pick<TicketRow, 'id' | 'requesterId'>): SQL =>
  sql`(${onTicket(id)} OR ${goodwillEntries.customer} IN (
    SELECT customer FROM ledger_customers WHERE requester_id = ${requesterId}))`;

/** Whether something was given there, and not taken back since. */
export async function isGiven(tx: Queryable, where: SQL, which: SQL): Promise<boolean> {
  const [row] = await tx
    .select({ n: sql<string>`coalesce(sum(CASE ${goodwillEntries.kind} WHEN 'given' THEN 1 ELSE -1 END), 0)` })
    .from(goodwillEntries)
    .where(and(where, which));
  return Number(row?.n ?? 0) > 0;
}

interface About {
  readonly item: GoodwillItem | undefined;
  readonly currency: string;
  /** Minor units. */
  readonly usedToday: number;
}

function refuseGoodwill(
  { refusedBy, perDay, perMonth }: GoodwillDecision,
  { item, currency, usedToday }: About,
): Refused | null {
  switch (refusedBy) {
    case null:
      return null;
    case 'catalogue':
      return GONE;
    case 'may_give':
      return refuse('forbidden', 'The policy does not let you give this.');
    case 'per_agent_per_day': {
      const left = { minor: Math.max(0, (perDay ?? 0) - usedToday), currency };
      return refuse('goodwill_used_up', `Of your budget of today, ${inNote(left)} is left.`);
    }
    case 'per_agent_per_month':
      return refuse('goodwill_used_up', `You may give "${item?.name}" ${perMonth} times a month, and did.`);
    case 'same_again':
      return refuse(
        'needs_confirmation',
        'This was given to this customer before. Confirm that you want to give it again.',
      );
  }
}

const GONE = refuse('choice_gone', 'The policy no longer has this. Look again.');
