// Checks that refund limits are unambiguous.
import { currencyDigits } from '../../money/currency-digits.ts';
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { isBlock } from '../is-block.ts';
import { AMOUNT_PATTERN, toMinorUnits } from '../to-minor-units.ts';
import { entriesAt, valueAt } from '../value-at.ts';
import { checkCurrency } from './check-money.ts';
import { shorten } from './check-spelling.ts';

/** A limit applies to a tier or to people. */
export function checkLimit(limit: unknown): Finding[] {
  if (!isBlock(limit)) return [];
  const { tier, agents, name } = limit;
  if (tier === undefined && agents === undefined) {
    return [
      errorAt([], 'says neither tier nor agents, so it is not clear whose limit it is; write one of them', {
        at: 'block',
      }),
    ];
  }
  if (tier !== undefined && agents !== undefined) {
    return [errorAt(['agents'], 'a limit is for a tier or for agents, not for both; write two limits', { at: 'key' })];
  }
  if (tier !== undefined && name !== undefined)
    return [errorAt(['name'], 'a limit for a tier has the name of the tier; remove it', { at: 'key' })];
  return [];
}

/** Checks the parts of `refunds` against each other. */
export function checkRefunds(policy: unknown): Finding[] {
  const refunds = valueAt(policy, ['refunds']);
  if (!isBlock(refunds)) return [];
  const { currency } = refunds;
  const isKnown = typeof currency === 'string' && checkCurrency(currency).length === 0;
  return [
    ...(isKnown ? checkAmounts(policy, currency) : []),
    ...checkLimitedOnce(policy),
    ...checkApprovers(refunds['approve_above_limit']),
    ...checkAnybodyMay(refunds['limits']),
  ];
}

function checkAmounts(policy: unknown, currency: string): Finding[] {
  const limits = entriesAt(policy, ['refunds', 'limits']);
  const places: PolicyPath[] = [
    ['refunds', 'needs_verified_customer_above'],
    ...limits.flatMap(({ path }) => [
      [...path, 'per_refund'],
      [...path, 'per_agent_per_day'],
    ]),
    ...entriesAt(policy, ['tests']).flatMap(({ path }) => [
      [...path, 'given', 'refund'],
      [...path, 'given', 'refunded_today'],
      [...path, 'expect', 'refund_limit'],
    ]),
  ];
  return [
    ...places.flatMap((path) => checkDecimals(valueAt(policy, path), currency, path)),
    ...limits.flatMap(({ entry, path }) => {
      const one = minorOf(entry['per_refund'], currency);
      const day = minorOf(entry['per_agent_per_day'], currency);
      if (one === undefined || day === undefined || one <= day) return [];
      return [
        warningAt(
          [...path, 'per_refund'],
          'per_refund is above per_agent_per_day, so no refund can be that high; lower it',
        ),
      ];
    }),
  ];
}

/** An amount with more decimals than its currency has. */
export function checkDecimals(amount: unknown, currency: string, path: PolicyPath): Finding[] {
  const decimals = isAmount(amount) ? (AMOUNT_PATTERN.exec(String(amount))?.[2] ?? '') : '';
  const digits = currencyDigits(currency);
  if (decimals.length <= digits) return [];
  const most = digits === 0 ? 'no decimals' : `${digits} decimals`;
  return [errorAt(path, `"${String(amount)}" has ${decimals.length} decimals, and ${currency} has ${most}`)];
}

function minorOf(amount: unknown, currency: string): number | undefined {
  if (!isAmount(amount) || checkDecimals(amount, currency, []).length > 0) return undefined;
  return toMinorUnits(amount, currency);
}

function isAmount(value: unknown): value is number | string {
  return (typeof value === 'number' || typeof value === 'string') && AMOUNT_PATTERN.test(String(value));
}

/** Two limits for the same people would be ambiguous. */
function checkLimitedOnce(policy: unknown): Finding[] {
  const seen = new Map<string, number>();
  const checkOnce = (what: string, name: unknown, index: number, path: PolicyPath): Finding[] => {
    if (typeof name !== 'string') return [];
    const key = `${what} ${name.toLowerCase()}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      return [];
    }
    return [errorAt(path, `${what} "${shorten(name)}" has a limit already, in entry ${first + 1} of refunds.limits`)];
  };
  return entriesAt(policy, ['refunds', 'limits']).flatMap(({ entry: { tier, agents }, path }) => {
    const index = Number(path.at(-1));
    return [
      ...checkOnce('tier', tier, index, [...path, 'tier']),
      ...(Array.isArray(agents) ? agents : []).flatMap((agent: unknown, at) =>
        checkOnce('agent', agent, index, [...path, 'agents', at]),
      ),
    ];
  });
}

function checkApprovers(approvers: unknown): Finding[] {
  if (!Array.isArray(approvers)) return [];
  const lower = approvers.map((one: unknown) => String(one).toLowerCase());
  return approvers.flatMap((one: unknown, index) =>
    typeof one === 'string' && lower.indexOf(one.toLowerCase()) < index
      ? [warningAt(['refunds', 'approve_above_limit', index], `"${shorten(one)}" is named already`)]
      : [],
  );
}

function checkAnybodyMay(limits: unknown): Finding[] {
  if (limits !== undefined && !(Array.isArray(limits) && limits.length === 0)) return [];
  return [
    warningAt(['refunds'], 'no limit is written, so nobody may refund anything; add one under limits', { at: 'key' }),
  ];
}
