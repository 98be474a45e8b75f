// Is a holiday written twice?
import { type Finding, warningAt } from '../finding.ts';
import { valueAt } from '../value-at.ts';

/** A second mention changes nothing, but often another day was meant. */
export function checkHolidays(policy: unknown): Finding[] {
  const path = ['business_hours', 'holidays'];
  const holidays = valueAt(policy, path);
  if (!Array.isArray(holidays)) return [];
  return holidays.flatMap((day: unknown, index) =>
    typeof day === 'string' && holidays.indexOf(day) < index
      ? [warningAt([...path, index], `holiday ${day} is there already`)]
      : [],
  );
}
