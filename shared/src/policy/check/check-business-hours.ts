// Checks that business hours are written where a duration counts them, and that no holiday is listed twice.
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { policySchema } from '../schema.ts';
import { isDurationAt } from '../schema-at.ts';
import { entriesAt, isBlock, valueAt } from '../value-at.ts';

/** Durations in `bh` with no hours to count: neither the department's own nor the policy's. */
export function checkBusinessHours(policy: unknown): Finding[] {
  if (isBlock(policy) && policy['business_hours'] !== undefined) return [];
  return counting(policy, []).map(({ path, value }) =>
    errorAt(
      path,
      `${path.at(-1)} counts business hours (${value}), but business_hours is not defined; add it, for example business_hours: { weekdays: { mon-fri: "09:00-17:00" } }, or write ${hours(value)}`,
    ),
  );
}

const hours = (value: string): string => value.replace('bh', 'h');

function counting(value: unknown, path: PolicyPath): { path: PolicyPath; value: string }[] {
  if (typeof value === 'string')
    return /^\d+(\.\d+)?bh$/.test(value) && (isDurationAt(policySchema, path) || isGoalTarget(path))
      ? [{ path, value }]
      : [];
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => counting(entry, [...path, index]));
  if (!isBlock(value)) return [];
  const isDepartment = path.length === 2 && path[0] === 'departments';
  if (isDepartment && value['hours'] !== undefined) return [];
  return Object.entries(value).flatMap(([key, entry]) => counting(entry, [...path, key]));
}

/** A duration for some figures only, so the schema does not say that it is one. */
const isGoalTarget = (path: PolicyPath): boolean => path[0] === 'goals' && path[2] === 'target';

/** A duplicate has no effect, but often another day was meant. */
export function checkHolidays(policy: unknown): Finding[] {
  return [
    ...checkDays(policy, ['business_hours', 'holidays']),
    ...entriesAt(policy, ['departments']).flatMap(({ path }) => checkDays(policy, [...path, 'hours', 'holidays'])),
  ];
}

function checkDays(policy: unknown, path: PolicyPath): Finding[] {
  const holidays = valueAt(policy, path);
  if (!Array.isArray(holidays)) return [];
  return holidays.flatMap((day: unknown, index) =>
    typeof day === 'string' && holidays.indexOf(day) < index
      ? [warningAt([...path, index], `holiday ${day} is a duplicate; remove one`)]
      : [],
  );
}
