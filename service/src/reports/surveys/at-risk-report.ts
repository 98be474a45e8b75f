// Makes the report about customers at risk, and the section that lists them, with advice on whether their follow-ups need a team.
import type { Policy } from '@deskwright/shared';
import { followUpLoad } from '../../figures/follow-ups.ts';
import { AT_RISK_DAYS, type AtRisk, countFollowUps, readAtRisk } from '../../surveys/index.ts';
import type { Block, Report, Section } from '../engine/report.ts';
import { counted, trimmed, writeMoment, writeShortDay } from '../engine/words.ts';
import type { ReadDeps } from '../report-request.ts';

/** As it stands now. */
export async function makeAtRiskReport(deps: ReadDeps): Promise<Report> {
  const { policy } = deps.policy;
  const { now, link, ticketUrl } = deps;
  const data = await readAtRiskData(deps);
  return {
    kind: 'at-risk',
    title: 'Customers at risk',
    company: policy.company,
    about: null,
    period: {
      from: new Date(now.getTime() - AT_RISK_DAYS * 86_400_000).toISOString(),
      to: now.toISOString(),
      label: `${AT_RISK_DAYS} days until ${writeMoment(now, policy.time_zone)}`,
    },
    before: null,
    timeZone: policy.time_zone,
    madeAt: now.toISOString(),
    link,
    summary: [atRiskSentence(data), loadSentence(data, policy)],
    sections: [atRiskSection(data, policy, ticketUrl)],
  };
}

const MOST_LISTED = 50;
/** Over which the load is measured at most: a quarter, so that one bad week is no reason for a team. */
const WEEKS = 12;
const WEEK_MS = 7 * 86_400_000;

export interface AtRiskData {
  readonly customers: readonly AtRisk[];
  /** Follow-ups of the last `weeks`. */
  readonly opened: number;
  /** Twelve, or as many as there have been follow-ups at all; 0: there was none. */
  readonly weeks: number;
}

export async function readAtRiskData({ db, now }: Pick<ReadDeps, 'db' | 'now'>): Promise<AtRiskData> {
  const { opened, firstAt } = await countFollowUps(db, new Date(now.getTime() - WEEKS * WEEK_MS));
  const weeks = firstAt === null ? 0 : Math.min(WEEKS, (now.getTime() - firstAt) / WEEK_MS);
  return { customers: await readAtRisk(db, now), opened, weeks };
}

type Words = Pick<Policy, 'surveys' | 'time_zone'>;

/** No names: whoever owns NPS opens the ticket, or the customer by the id in Zendesk. */
export function atRiskSection(data: AtRiskData, policy: Words, ticketUrl: (id: number) => string): Section {
  const { customers } = data;
  const listed = customers.slice(0, MOST_LISTED);
  const more = customers.length - listed.length;
  const tickets = listed.flatMap(({ ticketId: id }) => (id === null ? [] : [{ id, url: ticketUrl(id) }]));
  const blocks: Block[] = [
    ...(listed.length === 0
      ? []
      : [{ kind: 'list' as const, items: listed.map((one) => describe(one, policy.time_zone)), tickets }]),
    ...(more > 0 ? [{ kind: 'note' as const, text: `And ${counted(more, 'customer')} more.` }] : []),
    { kind: 'note', text: loadSentence(data, policy) },
  ];
  return { id: 'at_risk', title: 'Customers at risk', headline: atRiskSentence(data), blocks };
}

const atRiskSentence = ({ customers }: AtRiskData): string =>
  customers.length === 0
    ? 'Nobody whose newest answer is bad waits to be reached.'
    : `${counted(customers.length, 'customer')} may be lost: the newest answer, of the last ${AT_RISK_DAYS} days, is bad, and nobody has reached them.`;

const FOLLOW_UP = {
  none: 'not followed up',
  open: 'followed up',
  overdue: 'follow-up overdue',
  ended: 'follow-up ended without reaching them',
} as const;

function describe({ requesterId, ticketId, ...one }: AtRisk, timeZone: string): string {
  const who = ticketId === null ? `Customer ${requesterId}` : `Customer ${requesterId}, #${ticketId}`;
  const why = [
    `${one.survey.toUpperCase()} ${one.score} on ${writeShortDay(one.answeredAt, timeZone)}`,
    ...(one.badAnswers > 1 ? [`${one.badAnswers} bad answers`] : []),
    ...(one.wasGood ? ['was satisfied before'] : []),
    FOLLOW_UP[one.followUp],
  ];
  return `${who}: ${why.join(', ')}`;
}

function loadSentence({ opened, weeks }: AtRiskData, { surveys }: Words): string {
  if (weeks === 0) return 'No follow-up has been opened yet, so there is nothing to say about a team.';
  if (weeks < 1)
    return `${counted(opened, 'follow-up')} since the first, less than a week ago: too early to say whether they need a team.`;
  const minutes = surveys.follow_ups.minutes_each;
  const { perWeek, hours, people, needsTeam } = followUpLoad(opened, weeks, minutes);
  const load = `Follow-ups of the last ${trimmed(weeks, 1)} weeks: ${trimmed(perWeek, 1)} a week, at ${minutes} minutes each ${trimmed(hours, 1)} hours`;
  return needsTeam
    ? `${load}. One person takes 34 (85% of 40 hours), so make it a team of ${Math.ceil(people)} that owns NPS, and name its group in follow_up: group.`
    : `${load}, or ${trimmed(people * 100, 0)}% of what one person takes (34, 85% of 40 hours): it needs no team of its own.`;
}
