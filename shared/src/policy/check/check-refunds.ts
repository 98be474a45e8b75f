// Checks that refund limits are unambiguous, and that what is approved and given can be.
import { currencyDigits } from '../../money/format-money.ts';
import { parseDuration } from '../../time/duration.ts';
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { AMOUNT_PATTERN, toMinorUnits } from '../to-minor-units.ts';
import { entriesAt, isBlock, valueAt } from '../value-at.ts';
import { checkDuration, PERCENT_PATTERN } from './check-amount.ts';
import { checkCurrency } from './check-money.ts';
import { shorten } from './check-spelling.ts';

/** A limit applies to a tier, to people, or to a role. */
export function checkLimit(limit: unknown): Finding[] {
  if (!isBlock(limit)) return [];
  const [first, second] = (['tier', 'agents', 'role'] as const).filter((key) => limit[key] !== undefined);
  if (first === undefined) {
    return [
      errorAt([], 'has no tier, agents or role; add one of them to define whose limit it is', {
        at: 'block',
      }),
    ];
  }
  if (second !== undefined)
    return [
      errorAt([second], `a limit is for ${WHOSE[first]} or for ${WHOSE[second]}, not both; write two limits`, {
        at: 'key',
      }),
    ];
  if (first === 'tier' && limit['name'] !== undefined)
    return [errorAt(['name'], 'a limit for a tier uses the name of the tier; remove name', { at: 'key' })];
  return [];
}

const WHOSE = { tier: 'a tier', agents: 'agents', role: 'a role' } as const;

/** Checks the parts of `refunds` against each other. */
export function checkRefunds(policy: unknown): Finding[] {
  const refunds = valueAt(policy, ['refunds']);
  if (!isBlock(refunds)) return [];
  const { currency } = refunds;
  const isKnown = typeof currency === 'string' && checkCurrency(currency).length === 0;
  return [
    ...(isKnown ? checkAmounts(policy, currency) : []),
    ...checkLimitedOnce(policy, ['refunds', 'limits']),
    ...checkNamedOnce(policy, ['refunds', 'approve_above_limit']),
    ...checkNamedOnce(policy, ['refunds', 'approvals', 'escalate_to']),
    ...checkApprovals(refunds),
    ...(refunds['goodwill'] === undefined ? checkAnybodyMay(refunds['limits']) : []),
  ];
}

function checkAmounts(policy: unknown, currency: string): Finding[] {
  const limits = entriesAt(policy, ['refunds', 'limits']);
  const places: PolicyPath[] = [
    ['refunds', 'needs_verified_customer_above'],
    ...limits.flatMap(({ path }) => [[...path, 'per_refund'], ...HIGHER.map((key) => [...path, ...key])]),
    ...entriesAt(policy, ['tests']).flatMap(({ path }) => [
      [...path, 'given', 'refund'],
      [...path, 'given', 'refunded_today'],
      [...path, 'given', 'refunded_on_ticket'],
      [...path, 'given', 'refunded_to_customer'],
      [...path, 'given', 'payment', 'paid'],
      [...path, 'given', 'payment', 'refunded'],
      [...path, 'expect', 'refund_limit'],
    ]),
  ];
  return [
    ...places.flatMap((path) => checkDecimals(valueAt(policy, path), currency, path)),
    ...limits.flatMap(({ entry, path }) => {
      const one = sizeOf(entry['per_refund'], currency);
      const lower = HIGHER.find((key) => {
        const other = sizeOf(valueAt(entry, key), currency);
        return one !== undefined && other?.unit === one.unit && one.size > other.size;
      });
      if (lower === undefined) return [];
      return [
        warningAt(
          [...path, 'per_refund'],
          `per_refund is above ${lower.join('.')}, so no refund can reach it; lower it`,
        ),
      ];
    }),
  ];
}

/** What adds up several refunds, and so is at least as high as `per_refund`. */
const HIGHER = [['per_agent_per_day'], ['per_customer', 'amount'], ['per_ticket']] as const;

/** An amount with more decimals than its currency has. */
export function checkDecimals(amount: unknown, currency: string, path: PolicyPath): Finding[] {
  const decimals = isAmount(amount) ? (AMOUNT_PATTERN.exec(String(amount))?.[2] ?? '') : '';
  const digits = currencyDigits(currency);
  if (decimals.length <= digits) return [];
  const most = digits === 0 ? 'no decimals' : `${digits} decimals`;
  return [errorAt(path, `"${String(amount)}" has ${decimals.length} decimals, and ${currency} has ${most}`)];
}

/** Of an amount its minor units, of a percentage its number. */
export function sizeOf(value: unknown, currency: string): { unit: 'money' | '%'; size: number } | undefined {
  if (typeof value === 'string' && PERCENT_PATTERN.test(value)) return { unit: '%', size: Number.parseFloat(value) };
  if (!isAmount(value) || checkDecimals(value, currency, []).length > 0) return undefined;
  return { unit: 'money', size: toMinorUnits(value, currency) };
}

function isAmount(value: unknown): value is number | string {
  return (typeof value === 'number' || typeof value === 'string') && AMOUNT_PATTERN.test(String(value));
}

/** Two limits for the same people and the same category would be ambiguous. */
export function checkLimitedOnce(policy: unknown, list: PolicyPath): Finding[] {
  const seen = new Map<string, number>();
  return entriesAt(policy, list).flatMap(({ entry, path }) => {
    const index = Number(path.at(-1));
    const { tier, agents, role, categories } = entry;
    const checkOnce = (what: string, name: unknown, at: PolicyPath): Finding[] => {
      if (typeof name !== 'string') return [];
      const of = Array.isArray(categories) ? categories.map(String) : [''];
      const keys = of.map((category) => ({ category, key: `${what} ${name.toLowerCase()} ${category}` }));
      const twice = keys.find(({ key }) => seen.has(key));
      if (twice === undefined) {
        for (const { key } of keys) seen.set(key, index);
        return [];
      }
      const forCategory = twice.category === '' ? '' : ` for category "${shorten(twice.category)}"`;
      const entryNumber = (seen.get(twice.key) ?? 0) + 1;
      return [
        errorAt(
          at,
          `${what} "${shorten(name)}" already has a limit${forCategory}, in entry ${entryNumber} of ${list.join('.')}`,
        ),
      ];
    };
    return [
      ...checkOnce('tier', tier, [...path, 'tier']),
      ...checkOnce('role', role, [...path, 'role']),
      ...(Array.isArray(agents) ? agents : []).flatMap((agent: unknown, n) =>
        checkOnce('agent', agent, [...path, 'agents', n]),
      ),
    ];
  });
}

function checkNamedOnce(policy: unknown, list: PolicyPath): Finding[] {
  const people = valueAt(policy, list);
  if (!Array.isArray(people)) return [];
  const lower = people.map((one: unknown) => String(one).toLowerCase());
  return people.flatMap((one: unknown, index) =>
    typeof one === 'string' && lower.indexOf(one.toLowerCase()) < index
      ? [warningAt([...list, index], `"${shorten(one)}" is a duplicate; remove one`)]
      : [],
  );
}

/** Requests that nobody could answer, and one half of an escalation. */
function checkApprovals(refunds: Readonly<Record<string, unknown>>): Finding[] {
  const written = refunds['approvals'];
  if (!isBlock(written)) return [];
  const path = ['refunds', 'approvals'];
  const isEmpty = (list: unknown) => list === undefined || (Array.isArray(list) && list.length === 0);
  const { escalate_after: after, escalate_to: to, tiers, expires = '24h' } = written;
  return [
    ...(isEmpty(refunds['approve_above_limit']) && isEmpty(tiers) && isEmpty(to)
      ? [
          warningAt(path, 'there are no approvers, so requests are refused; list them in approve_above_limit', {
            at: 'key',
          }),
        ]
      : []),
    ...(after !== undefined && isEmpty(to)
      ? [
          errorAt([...path, 'escalate_after'], 'needs escalate_to; add escalate_to', {
            at: 'key',
          }),
        ]
      : []),
    ...(isNeverBefore(after, expires)
      ? [
          warningAt(
            [...path, 'escalate_after'],
            `escalate_after is not before expires (${String(expires)}), so nothing is ever escalated; lower it`,
          ),
        ]
      : []),
    ...(after === undefined && !isEmpty(to)
      ? [
          errorAt([...path, 'escalate_to'], 'needs escalate_after; add escalate_after', {
            at: 'key',
          }),
        ]
      : []),
  ];
}

const HOURS = { m: 1 / 60, h: 1 };
/** A calendar day has 23 to 25 hours. */
const AT_LEAST = { ...HOURS, d: 23 };
const AT_MOST = { ...HOURS, d: 25 };

/** Only where it is certain: opening hours are of a calendar of their own. */
function isNeverBefore(after: unknown, expires: unknown): boolean {
  if (typeof after !== 'string' || typeof expires !== 'string') return false;
  if ([after, expires].some((one) => checkDuration(one).length > 0)) return false;
  const [late, end] = [parseDuration(after), parseDuration(expires)];
  if (late.unit === end.unit) return late.amount >= end.amount;
  if (late.unit === 'bh' || end.unit === 'bh') return false;
  return late.amount * AT_LEAST[late.unit] >= end.amount * AT_MOST[end.unit];
}

function checkAnybodyMay(limits: unknown): Finding[] {
  if (limits !== undefined && !(Array.isArray(limits) && limits.length === 0)) return [];
  return [warningAt(['refunds'], 'there are no limits, so no refund is allowed; add one under limits', { at: 'key' })];
}
