// Makes the report on what surveys sent and cost, month by month.
import { calendarPeriod, localDate, type Policy, SURVEY_KINDS, toMinorUnits } from '@deskwright/shared';
import { formatMoney } from '@deskwright/shared/money';
import { readSends, type SendsOfMonth } from '../../surveys/index.ts';
import type { Report, Section } from '../engine/report.ts';
import { counted, writeShare } from '../engine/words.ts';
import type { ReadDeps } from '../report-request.ts';

const MONTHS = 12;

/** Twelve months, the last of which is the one in which `within` lies. @param within epoch milliseconds; null: now */
export async function makeSendsReport(
  { db, policy: { policy }, now, link }: ReadDeps,
  within: number | null,
): Promise<Report> {
  const timeZone = policy.time_zone;
  const last = calendarPeriod('month', within ?? now.getTime(), timeZone);
  const { from } = calendarPeriod('month', last.from, timeZone, 1 - MONTHS);
  const to = Math.min(last.to, now.getTime());
  const sends = await readSends(db, { from: new Date(from), to: new Date(to), timeZone });
  const months = monthsOf(sends, last.from, timeZone);
  const month = (at: number) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, month: 'long', year: 'numeric' }).format(at);
  return {
    kind: 'sends',
    title: 'Sends and cost of surveys',
    company: policy.company,
    about: null,
    period: {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      label: `${month(from)} to ${month(last.from)}`,
    },
    before: null,
    timeZone,
    madeAt: now.toISOString(),
    link,
    summary: summaryOf(sends, months, policy.surveys.cost),
    sections: [monthsSection(sends, months, policy.surveys.cost), ...surveysSections(sends)],
  };
}

type Cost = Policy['surveys']['cost'];

interface Sum {
  readonly mails: number;
  readonly reminders: number;
  readonly thanks: number;
  readonly returned: number;
  readonly answers: number;
}

const sumOf = (sends: readonly SendsOfMonth[]): Sum => {
  const sum = (key: keyof Sum): number => sends.reduce((total, one) => total + one[key], 0);
  const [mails, reminders, thanks] = [sum('mails'), sum('reminders'), sum('thanks')];
  return { mails, reminders, thanks, returned: sum('returned'), answers: sum('answers') };
};

/** From the first month with a mail to that of `last`: one without mails has the fixed part of the cost too. @param last epoch milliseconds */
function monthsOf([first]: readonly SendsOfMonth[], last: number, timeZone: string): string[] {
  if (first === undefined) return [];
  const months = Array.from({ length: MONTHS }, (_, index) => {
    const { from } = calendarPeriod('month', last, timeZone, index + 1 - MONTHS);
    return localDate(from, timeZone).slice(0, 7);
  });
  return months.filter((month) => month >= first.month);
}

/** In minor units: a month's fixed part and its mails, reminders and thank-yous included. Null: the policy does not say. */
function costOf(cost: Cost, { mails, reminders, thanks }: Sum, months: number): number | null {
  if (cost === undefined) return null;
  const fixed = months * toMinorUnits(cost.per_month, cost.currency);
  return Math.round(
    fixed + ((mails + reminders + thanks) / 1_000) * toMinorUnits(cost.per_thousand_mails, cost.currency),
  );
}

const writeCost = (cost: Cost, minor: number | null): string =>
  cost === undefined || minor === null ? '' : formatMoney('en-US', { minor, currency: cost.currency });

function summaryOf(sends: readonly SendsOfMonth[], months: readonly string[], cost: Cost): string[] {
  const all = sumOf(sends);
  if (all.mails === 0) return ['No survey was sent.'];
  const total = costOf(cost, all, months.length);
  const each = all.answers === 0 || total === null ? null : Math.round(total / all.answers);
  const spent =
    total === null
      ? 'Deskwright charges nothing by the answer; write what your mail costs under surveys.cost to see it here.'
      : `They cost ${writeCost(cost, total)}${each === null ? '' : `, ${writeCost(cost, each)} an answer`}; Deskwright charges nothing by the answer.`;
  const mails = `${counted(all.mails, 'mail')} and ${counted(all.reminders, 'reminder')} were sent, ${all.thanks === 0 ? '' : `${counted(all.thanks, 'promoter')} ${all.thanks === 1 ? 'was' : 'were'} thanked, `}and ${counted(all.answers, 'answer')} came.`;
  return [mails, spent];
}

const number = (title: string) => ({ title, isNumber: true });
const count = (value: number) => ({ text: value.toLocaleString('en'), value });
const cells = ({ mails, reminders, thanks, returned, answers }: Sum) => [
  ...[mails, reminders, thanks, returned, answers].map(count),
  { text: mails === 0 ? '' : writeShare(answers / mails), value: mails === 0 ? null : answers / mails },
];
const COLUMNS = ['Mails', 'Reminders', 'Thanks', 'Came back', 'Answers', 'Answered'].map(number);

const OF_PULSE =
  'Of a pulse whose round is over, reminders and answers are not counted: nothing is kept of who gave one.';

function monthsSection(sends: readonly SendsOfMonth[], months: readonly string[], cost: Cost): Section {
  const rows = months.map((month) => {
    const sum = sumOf(sends.filter((one) => one.month === month));
    const minor = costOf(cost, sum, 1);
    return [{ text: month }, ...cells(sum), ...(cost ? [{ text: writeCost(cost, minor) }] : [])];
  });
  const columns = [{ title: 'Month' }, ...COLUMNS, ...(cost ? [{ title: 'Cost' }] : [])];
  const note =
    'A reminder and an answer stand in the month of the mail that they follow. Mails older than retention.surveys are deleted and no longer counted.';
  return {
    id: 'months',
    title: 'By month',
    headline: null,
    blocks: [
      { kind: 'table', table: { columns, rows } },
      { kind: 'note', text: note },
      ...(sends.some(({ survey }) => survey === 'pulse') ? [{ kind: 'note' as const, text: OF_PULSE }] : []),
    ],
  };
}

function surveysSections(sends: readonly SendsOfMonth[]): Section[] {
  const surveys = [...new Set(sends.map(({ survey }) => survey))];
  if (surveys.length < 2) return [];
  const rows = surveys.map((survey) => [
    { text: `${survey.toUpperCase()}, ${SURVEY_KINDS[survey].asks}` },
    ...cells(sumOf(sends.filter((one) => one.survey === survey))),
  ]);
  const table = { columns: [{ title: 'Survey' }, ...COLUMNS], rows };
  return [{ id: 'surveys', title: 'By survey', headline: null, blocks: [{ kind: 'table', table }] }];
}
