// Shows beside a ticket what the agent may give as goodwill today, and what was given.
import { localDate } from '@deskwright/shared';
import type { GoodwillCard } from '@deskwright/shared/contract';
import { desc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { decideGoodwill, goodwillBudget, mayGive } from '../../decide/goodwill-decision.ts';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { type Asked, agentName, type CardContext, type CardSection, isClosed } from '../../sidebar/index.ts';
import { tiersOf } from '../agent-limit.ts';
import { nameOfItem } from './give-goodwill.ts';
import { asUsed, usedGoodwill } from './read-goodwill.ts';
import { goodwillEntries } from './tables.ts';
import { whyNotTakenBack } from './take-back-goodwill.ts';

const back = alias(goodwillEntries, 'back');

/** Newest first. */
const givenOnTicket = ({ ticketId }: Asked) => {
  const { id, item, valueMinor, currency, agentId, day, at, kind, requestId } = goodwillEntries;
  const names = { by: sql<string | null>`${people.name}`, takenBackAt: back.at };
  return rowsOf({ id, item, valueMinor, currency, agentId, day, at, ...names }, (select) =>
    select
      .from(goodwillEntries)
      .leftJoin(back, sql`${back.requestId} = ${requestId} AND ${back.kind} = 'taken_back'`)
      .leftJoin(people, eq(people.id, agentId))
      .where(sql`${goodwillEntries.ticketId} = ${ticketId} AND ${kind} = 'given'`)
      .orderBy(desc(id)),
  );
};

const usedByAgent = ({ agentId }: Asked) =>
  usedGoodwill({ agentId, currency: sql.placeholder('goodwillCurrency'), day: sql.placeholder('goodwillDay') });

export const goodwillSection: CardSection = {
  key: 'goodwill',
  queries: [givenOnTicket, usedByAgent],
  values: ({ inForce, now }) => ({
    goodwillCurrency: inForce.policy.refunds?.currency ?? null,
    goodwillDay: localDate(now, inForce.policy.time_zone),
  }),
  read: readGoodwill,
  ifBroken: null,
};

/** Null: this agent may give nothing here, and nothing was given. */
function readGoodwill(context: CardContext): GoodwillCard | null {
  const { rows, agent, inForce, directory, ticket, now, isActedOn = true } = context;
  const { policy } = inForce;
  const { goodwill, currency } = policy.refunds ?? {};
  const mayChange = isActedOn && agent.may.edit && !isClosed(ticket);
  const given = rows(givenOnTicket).map((row) => ({
    id: row.id,
    name: nameOfItem(row.item, goodwill?.catalogue),
    value: { minor: row.valueMinor, currency: row.currency },
    give: row.takenBackAt === null ? (goodwill?.catalogue.find(({ id }) => id === row.item)?.give ?? null) : null,
    by: agentName(row.by, row.agentId),
    at: row.at.toISOString(),
    takenBackAt: row.takenBackAt?.toISOString() ?? null,
    mayTakeBack:
      mayChange &&
      whyNotTakenBack({ ...row, isTakenBack: row.takenBackAt !== null }, { policy, agent, now: new Date(now) }) ===
        null,
  }));
  const [last] = given;
  if (goodwill === undefined || currency === undefined) {
    // The policy has no goodwill any more: what was given stays.
    if (last === undefined) return null;
    const nothing = { minor: 0, currency: last.value.currency };
    return { perDay: nothing, leftToday: nothing, items: [], examples: [], given };
  }
  const giver = { email: agent.email, role: agent.role, tiers: tiersOf(policy, directory, agent) };
  const { perDay } = goodwillBudget(goodwill, currency, giver);
  const used = asUsed(rows(usedByAgent));
  const items = goodwill.catalogue
    .filter((item) => mayChange && mayGive(item, giver, perDay))
    .map((item) => {
      const asked = { agent: giver, item: item.id, used, isSameAgain: false, isConfirmed: false };
      const { value, perMonth, refusedBy } = decideGoodwill(goodwill, currency, asked);
      return {
        id: item.id,
        name: item.name,
        kind: item.kind,
        value: { minor: value, currency },
        leftThisMonth: perMonth === null ? null : Math.max(0, perMonth - (used.month.get(item.id) ?? 0)),
        isLeft: refusedBy === null,
      };
    });
  if (items.length === 0 && last === undefined) return null;
  return {
    perDay: { minor: perDay, currency },
    leftToday: { minor: Math.max(0, perDay - used.today), currency },
    items,
    examples: items.length === 0 ? [] : goodwill.examples,
    given,
  };
}
