// Decides whether an agent may give something of the goodwill catalogue, and what is left for them.
import { type Policy, toMinorUnits } from '@deskwright/shared';
import type { RefundingAgent } from './refund-line.ts';

export type Goodwill = NonNullable<NonNullable<Policy['refunds']>['goodwill']>;
export type GoodwillItem = Goodwill['catalogue'][number];
type Budget = Goodwill['budgets'][number];

/** What an agent has given, less what was taken back. */
export interface GoodwillUsed {
  /** Credits and discounts of the local day, minor units of the policy's currency. */
  readonly today: number;
  /** How many of each in the local month, by id of the item. */
  readonly month: ReadonlyMap<string, number>;
}

interface AskingForGoodwill {
  readonly agent: RefundingAgent;
  /** An id of the catalogue. */
  readonly item: string;
  readonly used: GoodwillUsed;
  /** Whether the same was given to the customer before. */
  readonly isSameAgain: boolean;
  /** Whether the agent said that this is meant. */
  readonly isConfirmed: boolean;
}

/** In the order in which they decide. Nobody can overrule one, but the agent themselves `same_again`. */
type GoodwillRule = 'catalogue' | 'may_give' | 'per_agent_per_day' | 'per_agent_per_month' | 'same_again';

export interface GoodwillDecision {
  /** Null: allowed. */
  readonly refusedBy: GoodwillRule | null;
  /** For the books: the part of the policy that allows it. It names no person. */
  readonly rule: string;
  /** Minor units; 0 for what the catalogue does not have. */
  readonly value: number;
  /** What the day allows, minor units; null: a free account, which uses no budget. */
  readonly perDay: number | null;
  /** How many the month allows; null: any number. */
  readonly perMonth: number | null;
}

/** @param currency the policy's, of all amounts */
export function decideGoodwill(
  goodwill: Goodwill,
  currency: string,
  { agent, item: id, used, isSameAgain, isConfirmed }: AskingForGoodwill,
): GoodwillDecision {
  const item = goodwill.catalogue.find((one) => one.id === id);
  if (item === undefined)
    return { refusedBy: 'catalogue', rule: 'refunds.goodwill.catalogue', value: 0, perDay: 0, perMonth: 0 };
  const budget = goodwillBudget(goodwill, currency, agent);
  const value = toMinorUnits(item.value, currency);
  const perDay = item.kind === 'free_account' ? null : budget.perDay;
  const perMonth = item.per_agent_per_month ?? null;
  const isBeyond = (limit: number | null, after: number) => limit !== null && after > limit;
  const refusedBy: GoodwillRule | null = !mayGive(item, agent, budget.perDay)
    ? 'may_give'
    : isBeyond(perDay, used.today + value)
      ? 'per_agent_per_day'
      : isBeyond(perMonth, (used.month.get(id) ?? 0) + 1)
        ? 'per_agent_per_month'
        : isSameAgain && !isConfirmed
          ? 'same_again'
          : null;
  const rule = perDay === null ? `refunds.goodwill.catalogue: ${id}` : budget.rule;
  return { refusedBy, rule, value, perDay, perMonth };
}

/** The agent's budget of a day in minor units; a budget that names the agent overrides that of the role, and this those of tiers. */
export function goodwillBudget(
  { budgets }: Pick<Goodwill, 'budgets'>,
  currency: string,
  { email, tiers, role }: RefundingAgent,
): { perDay: number; rule: string } {
  const own = budgets.filter(({ agents }) => isNamed(agents ?? [], email));
  const ofRole = budgets.filter((budget) => budget.role !== undefined && budget.role === role);
  const ofTiers = budgets.filter(({ tier }) => tier !== undefined && tiers.includes(tier));
  const lines = [own, ofRole, ofTiers].find((some) => some.length > 0) ?? [];
  const sized = lines.map((line) => ({
    perDay: toMinorUnits(line.per_agent_per_day, currency),
    rule: `refunds.goodwill.budgets${whose(line)}`,
  }));
  const [best] = sized.toSorted((a, b) => b.perDay - a.perDay);
  return best ?? { perDay: 0, rule: 'refunds.goodwill.budgets' };
}

/** Whether the policy lets the agent give it, whatever was given before. @param perDay the agent's budget */
export function mayGive(
  { kind, allow }: Pick<GoodwillItem, 'kind' | 'allow'>,
  { email, tiers, role }: RefundingAgent,
  perDay: number,
): boolean {
  if (kind === 'free_account') return isNamed(allow?.agents ?? [], email);
  if (perDay === 0) return false;
  if (allow === undefined) return true;
  return (
    isNamed(allow.agents, email) ||
    (role !== undefined && allow.roles.includes(role)) ||
    tiers.some((tier) => allow.tiers.includes(tier))
  );
}

const isNamed = (agents: readonly string[], email: string | null): boolean =>
  email !== null && agents.some((one) => one.toLowerCase() === email.toLowerCase());

function whose({ agents, role, tier }: Budget): string {
  if (agents !== undefined) return ' of named agents';
  return role === undefined ? ` of tier ${tier ?? ''}` : ` of role ${role}`;
}
