// Checks whether a time matches a search.
import type { Operator } from './parse-query.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
  year: 365 * 86_400_000,
};

/** `2026-11-16`, a full ISO time, or `4hours`, `2days` (ago). */
function parseMoment(value: string, now: number): { from: number; to: number } | undefined {
  const [, amount, unit] = /^(\d+)(minute|hour|day|week|month|year)s?$/.exec(value) ?? [];
  if (amount !== undefined && unit !== undefined) {
    const at = now - Number(amount) * (UNIT_MS[unit] ?? 0);
    return { from: at, to: at };
  }
  const at = Date.parse(value);
  if (Number.isNaN(at)) return undefined;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? { from: at, to: at + 86_400_000 - 1 } : { from: at, to: at + 999 };
}

/** `:` with a day means within that day; `created>4hours` means in the last four hours. */
export function matchTime(iso: string | null, operator: Operator, value: string, now: number): boolean {
  const moment = parseMoment(value, now);
  if (iso === null || moment === undefined) return false;
  const at = Date.parse(iso);
  switch (operator) {
    case ':':
      return at >= moment.from && at <= moment.to;
    case '<':
      return at < moment.from;
    case '<=':
      return at <= moment.to;
    case '>':
      return at > moment.to;
    case '>=':
      return at >= moment.from;
  }
}
