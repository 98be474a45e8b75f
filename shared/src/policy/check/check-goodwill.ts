// Checks that goodwill can be given: by somebody, within a budget, and free accounts by named agents alone.
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { type Block, entriesAt, isBlock, valueAt } from '../value-at.ts';
import { checkCurrency } from './check-money.ts';
import { checkDecimals, checkLimitedOnce, sizeOf } from './check-refunds.ts';

/** A free account is for named agents, so many a month; everything else has a value, or no budget would limit it. */
export function checkGoodwillItem(item: unknown): Finding[] {
  if (!isBlock(item)) return [];
  if (item['kind'] !== 'free_account')
    return Number(item['value']) === 0
      ? [errorAt(['value'], 'is 0, so no budget would limit it; enter its value')]
      : [];
  const who = allowedTo(item);
  return [
    ...(who.agents.length === 0
      ? [errorAt(['kind'], 'a free account can be given only by named agents; list them in allow.agents')]
      : []),
    ...(['tiers', 'roles'] as const).flatMap((key) =>
      who[key].length > 0
        ? [
            errorAt(['allow', key], 'a free account can be given only by named agents; list them in allow.agents', {
              at: 'key',
            }),
          ]
        : [],
    ),
    ...(item['per_agent_per_month'] === undefined
      ? [errorAt(['kind'], 'a free account needs a limit: add per_agent_per_month')]
      : []),
  ];
}

/** Checks `refunds.goodwill` against the rest of the policy. */
export function checkGoodwill(policy: unknown): Finding[] {
  const path = ['refunds', 'goodwill'];
  const goodwill = valueAt(policy, path);
  if (!isBlock(goodwill)) return [];
  const budgets = entriesAt(policy, [...path, 'budgets']);
  const items = entriesAt(policy, [...path, 'catalogue']);
  const currency = valueAt(policy, ['refunds', 'currency']);
  const isKnown = typeof currency === 'string' && checkCurrency(currency).length === 0;
  const needsBudget = items.some(({ entry }) => entry['kind'] !== 'free_account');
  return [
    ...(items.length === 0
      ? [warningAt(path, 'the catalogue is empty, so no goodwill can be given; add an entry', { at: 'key' })]
      : []),
    ...(needsBudget && budgets.length === 0
      ? [
          warningAt(path, 'there are no budgets, so no credits or discounts can be given; add one under budgets', {
            at: 'key',
          }),
        ]
      : []),
    ...checkLimitedOnce(policy, [...path, 'budgets']),
    ...items.flatMap(({ entry, path: at }) => checkAnybodyGives(entry, at)),
    ...(isKnown ? checkValues({ budgets, items }, currency) : []),
  ];
}

type Entries = ReturnType<typeof entriesAt>;

function checkValues({ budgets, items }: { budgets: Entries; items: Entries }, currency: string): Finding[] {
  const perDay = budgets.map(({ entry }) => sizeOf(entry['per_agent_per_day'], currency)?.size ?? Infinity);
  const most = Math.max(0, ...perDay);
  return [
    ...budgets.flatMap(({ entry, path }) =>
      checkDecimals(entry['per_agent_per_day'], currency, [...path, 'per_agent_per_day']),
    ),
    ...items.flatMap(({ entry, path }) => {
      const at = [...path, 'value'];
      const size = sizeOf(entry['value'], currency)?.size ?? 0;
      const isTooMuch = entry['kind'] !== 'free_account' && budgets.length > 0 && size > most;
      return [
        ...checkDecimals(entry['value'], currency, at),
        ...(isTooMuch ? [warningAt(at, 'is above every daily budget, so it can never be given; lower it')] : []),
      ];
    }),
  ];
}

function checkAnybodyGives(item: Block, path: PolicyPath): Finding[] {
  if (!isBlock(item['allow']) || item['kind'] === 'free_account') return [];
  return Object.values(allowedTo(item)).every((list) => list.length === 0)
    ? [
        warningAt([...path, 'allow'], 'is empty, so it can never be given; list who may, or remove allow', {
          at: 'key',
        }),
      ]
    : [];
}

function allowedTo(item: Block): Record<'tiers' | 'roles' | 'agents', readonly unknown[]> {
  const listAt = (key: string): readonly unknown[] => {
    const list = valueAt(item, ['allow', key]);
    return Array.isArray(list) ? list : [];
  };
  return { tiers: listAt('tiers'), roles: listAt('roles'), agents: listAt('agents') };
}
