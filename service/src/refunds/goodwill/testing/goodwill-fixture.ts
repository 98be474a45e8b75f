// Builds what a test of goodwill needs: a policy with a catalogue, and agents who give from it.
import type { GiveGoodwill } from '@deskwright/shared/contract';
import { asc } from 'drizzle-orm';
import type { TestDatabase } from '../../../../testing/test-database.ts';
import { createActionsFixture, LENA, OMAR, T1 } from '../../../sidebar/actions/testing/actions-fixture.ts';
import type { Agent } from '../../../sidebar/identity/agent.ts';
import { giveGoodwill } from '../give-goodwill.ts';
import { goodwillEntries } from '../tables.ts';
import { takeBackGoodwill } from '../take-back-goodwill.ts';

/** $100 a day to make customers happy. */
export const GOODWILL = `
refunds:
  currency: USD
  limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 100 }]
  goodwill:
    budgets: [{ tier: t1, per_agent_per_day: 100 }]
    catalogue:
      - { id: credit, name: Credit of $10, kind: credit, value: 10, give: Code THANKS-10 }
      - { id: discount, name: Discount, kind: discount, value: 35, allow: { agents: [lena@northwind.test] } }
      - { id: account, name: Free year, kind: free_account, value: 240, allow: { agents: [omar@northwind.test] }, per_agent_per_month: 2 }
    examples: [A parcel that came too late]
`;

export const VALUES: Readonly<Record<string, number>> = { credit: 1_000, discount: 3_500, account: 24_000 };
/** In tier 1 alone. */
export const GIVER: Agent = { ...LENA, groupIds: [T1] };
export const OTHER: Agent = { ...OMAR, groupIds: [T1] };

export function createGoodwillFixture(database: TestDatabase, policy = GOODWILL) {
  const actions = createActionsFixture(database, '', policy);
  let requests = 0;
  return {
    ...actions,
    gives: (
      ticketId: number,
      item: string,
      { agent = GIVER, ...more }: Partial<GiveGoodwill> & { agent?: Agent } = {},
    ) =>
      actions.performs(giveGoodwill, ticketId, agent, {
        item,
        value: { minor: VALUES[item] ?? 0, currency: 'USD' },
        reason: 'Came too late',
        isConfirmed: true,
        requestId: `goodwill-${++requests}`,
        ...more,
      }),
    takesBack: (ticketId: number, goodwillId: number, agent = GIVER) =>
      actions.performs(takeBackGoodwill, ticketId, agent, { goodwillId }),
    entries: () => database.db.select().from(goodwillEntries).orderBy(asc(goodwillEntries.id)),
  };
}
