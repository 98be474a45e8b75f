// Describes campaigns for operators.
import { localDate } from '@deskwright/shared';
import { type CampaignPlan, type CampaignStatus, explainNotSent, type NotSentReason } from '../../surveys/index.ts';
import type { Clock } from '../clock.ts';
import type { PeopleOfFile } from './read-people-file.ts';

const MOST_DAYS = 14;
const MOST_PEOPLE = 20;

/** Those of `asks` that `describePlan` lists. */
export const peopleShown = ({ asks }: Pick<CampaignPlan, 'asks'>, listsPeople: boolean): CampaignPlan['asks'] =>
  listsPeople ? asks : asks.filter(({ reason }) => reason === null).slice(0, MOST_PEOPLE);

/**
 * Who would be surveyed and when: by day, the first people, and why others would not be.
 * @param repeats whether it has a next round
 * @param names by user id; somebody without one is named by the id
 */
export function describePlan(
  { asks, endsAt }: CampaignPlan,
  clock: Clock,
  { listsPeople, repeats }: { listsPeople: boolean; repeats: boolean },
  names: ReadonlyMap<number, string>,
): string[] {
  const { timeZone } = clock;
  const asked = asks.filter(({ reason }) => reason === null);
  const byDay = countBy(asked, ({ dueAt }) => localDate(dueAt.getTime(), timeZone));
  const reasons = countBy(asks, ({ reason }) => reason ?? '');
  reasons.delete('');
  const shown = peopleShown({ asks }, listsPeople);
  return [
    `${people(asked.length)} would be surveyed until ${localDate(endsAt.getTime(), timeZone)}, ${people(asks.length - asked.length)} not.`,
    ...[...byDay].slice(0, MOST_DAYS).map(([day, n]) => `  ${day}  ${String(n).padStart(6)}`),
    ...(byDay.size > MOST_DAYS ? [`  and ${byDay.size - MOST_DAYS} more days (--json shows everything)`] : []),
    ...(reasons.size > 0 ? ['Not surveyed:'] : []),
    ...[...reasons].map(([reason, n]) => `  ${String(n).padStart(6)}  ${explainNotSent(reason as NotSentReason)}`),
    ...describeLeftOvers(reasons.get('over_quota') ?? 0, repeats ? localDate(endsAt.getTime(), timeZone) : null),
    ...(shown.length > 0 ? [`People, at times of ${timeZone}:`] : []),
    ...shown.map(
      ({ requesterId, dueAt, reason }) =>
        `  ${clock.print(dueAt)}  ${names.get(requesterId) ?? `user ${requesterId}`}${reason === null ? '' : `  not surveyed: ${explainNotSent(reason)}`}`,
    ),
    ...(shown.length < asked.length ? [`  and ${asked.length - shown.length} more (--people lists all)`] : []),
  ];
}

/** @param nextRound its first day; null: there is none */
function describeLeftOvers(n: number, nextRound: string | null): string[] {
  if (n === 0) return [];
  return nextRound === null
    ? [`${people(n)} over the quota ${n === 1 ? 'is' : 'are'} not surveyed: a campaign with a list has one round.`]
    : [
        `${people(n)} over the quota ${n === 1 ? 'comes' : 'come'} first in the next round, from ${nextRound} on, if they still belong to the campaign.`,
      ];
}

/** The lines of a file of people that name nobody to survey, all of them. */
export function describeLeftOut({
  unknownLines,
  unreadableLines,
}: Pick<PeopleOfFile, 'unknownLines' | 'unreadableLines'>): string[] {
  return [
    ...(unknownLines.length > 0
      ? [
          `Left out, because Deskwright has not seen such a user: ${linesOf(unknownLines)}. It knows who asked on a ticket that it has read; other users of Zendesk are unknown to it.`,
        ]
      : []),
    ...(unreadableLines.length > 0
      ? [
          `Left out, because they have more cells than the first line: ${linesOf(unreadableLines)}. A text with the separator or a line break needs quotes.`,
        ]
      : []),
  ];
}

/** `3 lines (4, 7-8)`. */
function linesOf(lines: readonly number[]): string {
  const stretches: [from: number, to: number][] = [];
  for (const line of lines) {
    const last = stretches.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else stretches.push([line, line]);
  }
  const listed = stretches.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(', ');
  return `${lines.length === 1 ? '1 line' : `${lines.length} lines`} (${listed})`;
}

export function describeStatus(
  { id, survey, brand, state, round, endsAt, counts, nextDueAt, who, why, endedBecause, switched }: CampaignStatus,
  clock: Clock,
): string[] {
  const next = nextDueAt && state === 'running' ? `; the next mail is due ${clock.printWithZone(nextDueAt)}` : '';
  const last =
    switched && `${DID[switched.did]} by ${switched.who}${switched.why === null ? '' : `: ${switched.why}`}.`;
  return [
    `Campaign ${id} (${survey}${brand === null ? '' : `, ${brand}`}) ${STATES[state]}, round ${round} until ${clock.printWithZone(endsAt)}${next}. Started by ${who}${why === null ? '' : `: ${why}`}.`,
    ...(last ? [`  ${last}`] : []),
    ...(endedBecause === null ? [] : [`  ${ENDINGS[endedBecause]}`]),
    ...counts.map(
      ({ state: of, reason, n }) =>
        `  ${String(n).padStart(6)}  ${of}${reason === null ? '' : `: ${explainNotSent(reason as NotSentReason)}`}`,
    ),
  ];
}

const DID = { stop: 'Stopped', pause: 'Paused', resume: 'Resumed' } as const;

const ENDINGS: Record<NonNullable<CampaignStatus['endedBecause']>, string> = {
  survey_not_configured: 'It ended because the policy no longer configures the survey.',
  brand_not_configured: 'It ended because the policy no longer lists its brand under surveys.brands.',
  brand_unknown: 'It ended because Zendesk no longer has its brand.',
};

const STATES: Record<CampaignStatus['state'], string> = {
  running: 'runs',
  paused: 'is paused',
  stopped: 'was stopped',
  done: 'is done',
};

export const people = (n: number): string => (n === 1 ? '1 person' : `${n} people`);

function countBy<T>(list: readonly T[], key: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}
