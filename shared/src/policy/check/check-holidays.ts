// Finds holidays that are listed twice.
import { type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { entriesAt, valueAt } from '../value-at.ts';

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
