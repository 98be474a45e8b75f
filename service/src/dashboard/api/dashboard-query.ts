// Parses the query of a dashboard, and finds its days.
import { addDays, CHANNELS, localDate, type Policy, startOfDate } from '@deskwright/shared';
import type { Named } from '@deskwright/shared/contract';
import { z } from 'zod';

/** What was asked, validated. Who asks for the same is answered by one computation. */
export interface Asked {
  /** `today`, `7d`, or two dates. */
  readonly range: string;
  readonly compare: boolean;
  readonly tier?: string | undefined;
  readonly category?: string | undefined;
  readonly channel?: string | undefined;
  /** Its id in Zendesk. */
  readonly group?: number | undefined;
}

/** As the history takes them. */
export const filtersOf = ({ tier, category, channel, group }: Asked) => ({ tier, category, channel, group });

/** What people choose from; of a group the id in Zendesk. Every channel that Zendesk documents may be asked for, too. */
export interface Choices {
  readonly tiers: readonly Named[];
  readonly categories: readonly Named[];
  readonly channels: readonly Named[];
  readonly groups: readonly Named[];
}

/** Days with today, by the name of the range. */
const DAYS: Readonly<Record<string, number>> = { today: 1, '7d': 7, '28d': 28, '90d': 90, '365d': 365 };
/** Two years, one of them a leap year. */
const MAX_DAYS = 731;
/** Calendars are sure to know the days between. */
const [FIRST, LAST] = ['2000-01-01', '2099-12-31'];

const queryShape = z.object({
  range: z.string().max(40).default('today'),
  compare: z.enum(['0', '1']).default('1'),
  tier: z.string().max(200).optional(),
  category: z.string().max(200).optional(),
  channel: z.string().max(200).optional(),
  group: z.string().max(200).optional(),
});

const ONCE: Readonly<Record<string, string>> = {
  range: `"range" must be given at most once: ${Object.keys(DAYS).join(', ')}, or two days such as 2026-11-01..2026-11-28.`,
  compare: '"compare" must be 0 or 1, given at most once.',
};

export type AskedAnswer = { ok: true; asked: Asked } | { ok: false; message: string };

export interface AskedOptions {
  /** Tickets keep a tier or category that is no longer in the policy, or have none (''): rows of the page that list them open. */
  readonly anyPlace?: boolean;
}

/** `message`: what is wrong, and what there is. */
export function readAsked(
  query: unknown,
  choices: Choices,
  timeZone: string,
  { anyPlace = false }: AskedOptions = {},
): AskedAnswer {
  const read = queryShape.safeParse(query);
  if (!read.success) {
    const name = String(read.error.issues[0]?.path[0]);
    return { ok: false, message: ONCE[name] ?? `"${name}" must be given at most once, and be at most 200 characters.` };
  }
  const { range, compare, tier, category, channel, group } = read.data;
  const problem =
    checkRange(range, timeZone) ??
    (anyPlace ? null : unknownOne('tier', tier, choices.tiers)) ??
    (anyPlace ? null : unknownOne('category', category, choices.categories)) ??
    (channel !== undefined && CHANNELS.includes(channel) ? null : unknownOne('channel', channel, choices.channels)) ??
    unknownOne('group', group, choices.groups);
  if (problem !== null) return { ok: false, message: problem };
  return {
    ok: true,
    asked: {
      range,
      compare: compare === '1',
      tier,
      category,
      channel,
      group: group === undefined ? undefined : Number(group),
    },
  };
}

/** The longest list that helps in a message. */
const MAX_NAMED = 50;

function unknownOne(key: string, id: string | undefined, known: readonly Named[]): string | null {
  if (id === undefined || known.some((one) => one.id === id)) return null;
  const names = known.slice(0, MAX_NAMED).map((one) => (key === 'group' ? `${one.id} (${one.name})` : one.id));
  const more = known.length > MAX_NAMED ? ', and more' : '';
  return `"${key}" is not known: ${JSON.stringify(id)}. There are: ${names.join(', ')}${more}.`;
}

function checkRange(range: string, timeZone: string): string | null {
  if (Object.hasOwn(DAYS, range)) return null;
  const days = readDays(range, timeZone);
  if (days === null) return ONCE.range ?? null;
  if (days.last < days.first) return `"range" ends before it begins: ${range}.`;
  if (days.first < FIRST || days.last > LAST) return `"range" must lie between ${FIRST} and ${LAST}.`;
  if (addDays(days.first, MAX_DAYS) <= days.last) return '"range" is longer than two years.';
  return null;
}

function readDays(range: string, timeZone: string): { first: string; last: string } | null {
  const [first = '', last = '', more] = range.split('..');
  const exist = [first, last].every((date) => startOfDate(date, timeZone) !== null);
  return exist && more === undefined ? { first, last } : null;
}

export interface Period {
  readonly from: Date;
  /** The first moment that is no longer in it. */
  readonly to: Date;
}

export interface Range extends Period {
  readonly id: string;
  readonly step: 'hour' | 'day';
  /** Its days, as dates. */
  readonly first: string;
  readonly last: string;
}

/** The days that a checked range means at this moment, by the calendar of the time zone. */
export function findRange(id: string, timeZone: string, now: number): Range {
  const today = localDate(now, timeZone);
  const days = readDays(id, timeZone) ?? { first: addDays(today, 1 - (DAYS[id] ?? 1)), last: today };
  return { id, step: days.first === days.last ? 'hour' : 'day', ...days, ...spanOf(days.first, days.last, timeZone) };
}

/**
 * As many days before, for `askedPeriods`. While the range is not over, its last day is cut at the same time of day, as half a day compared with a whole one
 * would look like a fall.
 * @internal
 */
export function periodBefore({ first, last, to }: Range, timeZone: string, now: number): Period {
  const length = Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1;
  const whole = spanOf(addDays(first, -length), addDays(first, -1), timeZone);
  const left = to.getTime() - now;
  if (left <= 0) return whole;
  return { from: whole.from, to: new Date(Math.max(whole.from.getTime(), whole.to.getTime() - left)) };
}

/** The periods and filters, as the history takes them. */
export function askedPeriods(asked: Asked, timeZone: string, now: number) {
  const range = findRange(asked.range, timeZone, now);
  const before = asked.compare ? periodBefore(range, timeZone, now) : null;
  return { ...filtersOf(asked), from: range.from, to: range.to, before };
}

function spanOf(first: string, last: string, timeZone: string): Period {
  const start = (date: string): Date => new Date(startOfDate(date, timeZone) ?? Number.NaN);
  return { from: start(first), to: start(addDays(last, 1)) };
}

/** `groups`: all of the account, ids by name. `channels`: those by which tickets have come. */
export function choicesOf(
  policy: Policy,
  { groups, channels }: { groups: ReadonlyMap<string, number>; channels: readonly string[] },
): Choices {
  const named = ({ id, name }: Named): Named => ({ id, name });
  return {
    tiers: policy.tiers.map(named),
    categories: policy.categories.map(named),
    channels: channels.map((id) => ({ id, name: id })),
    groups: [...groups].map(([name, id]) => ({ id: String(id), name })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
