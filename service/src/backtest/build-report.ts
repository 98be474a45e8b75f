// Turns the result of a back-test into a report with charts.
import { addDays, type Policy, weekdayOf } from '@deskwright/shared';
import type { Block, Report, ReportTable, Section } from '../reports/index.ts';
import type { Accuracy } from './accuracy.ts';
import {
  count,
  describeEdit,
  describeFailedTests,
  describeSample,
  describeShare,
  describeTickets,
  PART_NAMES,
  percent,
} from './describe-result.ts';
import { PARTS, type Part } from './outcome.ts';
import type { BacktestResult } from './summarise.ts';

/** @param policy the candidate, whose names are shown */
export function buildReport(result: BacktestResult, policy: Policy): Report {
  const { policies, tickets, changed, parts, oldest, newest } = result;
  const label = describeTickets(result);
  return {
    kind: 'backtest',
    title: 'what a changed policy does to past tickets',
    company: policy.company,
    about: `${policies.after} compared with ${policies.before}`,
    period: { from: oldest ?? '', to: newest ?? '', label },
    before: null,
    timeZone: policy.time_zone,
    madeAt: null,
    summary: [
      ...describeFailedTests(result),
      changed === 0
        ? 'No decision differs.'
        : `${count(changed)} of ${count(tickets)} tickets are decided differently (${percent(changed / tickets)}).`,
      ...PARTS.flatMap((part) => (parts[part] > 0 ? [`${count(parts[part])} get another ${PART_NAMES[part]}.`] : [])),
      ...(result.labels === null
        ? []
        : [
            `Right by the categories that people gave: ${describeShare(result.labels.before.share)} before, ${describeShare(result.labels.after.share)} after.`,
          ]),
    ],
    sections: [...changes(result), ...loads(result, policy), ...labels(result), ...unread(result)],
    link: null,
  };
}

function changes({ changed, causes, moves, categories, triggers }: BacktestResult): Section[] {
  if (changed === 0) return [];
  const bars = causes.slice(0, 20);
  return [
    {
      id: 'causes',
      title: 'Why',
      headline: null,
      blocks: [
        {
          kind: 'chart',
          chart: {
            type: 'bars',
            title: 'Tickets by what was edited',
            unit: 'count',
            labels: bars.map((cause) => (cause.by === 'trigger' ? cause.title : describeEdit(cause))),
            series: [{ name: 'tickets', values: bars.map((cause) => cause.tickets) }],
          },
        },
        ...causes.flatMap((cause): Block[] => [
          { kind: 'note', text: `${count(cause.tickets)} tickets: ${describeEdit(cause)}. For example:` },
          { kind: 'list', items: cause.samples.map(describeSample) },
        ]),
      ],
    },
    {
      id: 'moves',
      title: 'From and to',
      headline: null,
      blocks: [
        table(
          [['What'], ['Before'], ['After'], ['Tickets', true]],
          moves.map(({ part, from, to, tickets }) => [PART_NAMES[part as Part], from || 'none', to || 'none', tickets]),
        ),
      ],
    },
    {
      id: 'categories',
      title: 'Categories and triggers',
      headline: null,
      blocks: [
        table(
          [['Category'], ['Before', true], ['After', true]],
          categories.map(({ category, before, after }) => [category, before, after]),
        ),
        table(
          [['Trigger that decides the category'], ['Before', true], ['After', true]],
          triggers.map(({ trigger, before, after }) => [trigger ?? 'none', before, after]),
        ),
      ],
    },
  ];
}

function loads({ tiers, load }: BacktestResult, policy: Policy): Section[] {
  const nameOf = (tier: string): string => policy.tiers.find(({ id }) => id === tier)?.name ?? tier;
  const charts = tiers.flatMap(({ tier }): Block[] => {
    const days = inPeriods(load.filter((one) => one.tier === tier));
    if (days.periods.length === 0) return [];
    return [
      {
        kind: 'chart',
        chart: {
          type: 'columns',
          title: `${nameOf(tier)}, tickets per ${days.unit}`,
          unit: 'count',
          labels: days.periods.map(({ label }) => label),
          series: [
            { name: 'before', values: days.periods.map(({ before }) => before) },
            { name: 'after', values: days.periods.map(({ after }) => after) },
          ],
        },
      },
    ];
  });
  const rows = tiers.map(({ tier, before, after }) => [nameOf(tier), before, after]);
  return [
    {
      id: 'load',
      title: 'Load of the tiers',
      headline: null,
      blocks: [table([['Tier'], ['Before', true], ['After', true]], rows), ...charts],
    },
  ];
}

/** More columns than this cannot be told apart. */
const MOST_COLUMNS = 45;

interface Period {
  readonly label: string;
  readonly before: number;
  readonly after: number;
}

/** By day; by week or month when there would be too many. */
function inPeriods(days: BacktestResult['load']): { unit: string; periods: readonly Period[] } {
  const ways = [
    { unit: 'day', labelOf: (day: string) => day },
    { unit: 'week', labelOf: (day: string) => addDays(day, 1 - weekdayOf(day)) },
    { unit: 'month', labelOf: (day: string) => day.slice(0, 7) },
  ];
  for (const { unit, labelOf } of ways) {
    const sums = new Map<string, Period>();
    for (const { day, before, after } of days) {
      const label = labelOf(day);
      const known = sums.get(label) ?? { label, before: 0, after: 0 };
      sums.set(label, { label, before: known.before + before, after: known.after + after });
    }
    if (sums.size <= MOST_COLUMNS || unit === 'month') return { unit, periods: [...sums.values()] };
  }
  return { unit: 'day', periods: [] };
}

function labels({ labels: found }: BacktestResult): Section[] {
  if (found === null) return [];
  const { before, after, unknown, tickets } = found;
  const wrong = (accuracy: Accuracy) => accuracy.confusion.filter(({ label, decided }) => label !== decided);
  return [
    {
      id: 'labels',
      title: 'Against the categories that people gave',
      headline: `${count(tickets)} tickets have one. Right before: ${describeShare(before.share)}; after: ${describeShare(after.share)}.`,
      blocks: [
        table(
          [['Category'], ['Tickets', true], ['Precision before'], ['After'], ['Recall before'], ['After']],
          after.categories.map((one) => {
            const was = before.categories.find(({ category }) => category === one.category);
            return [
              one.category,
              one.labelled,
              describeShare(was?.precision ?? null),
              describeShare(one.precision),
              describeShare(was?.recall ?? null),
              describeShare(one.recall),
            ];
          }),
        ),
        { kind: 'note', text: 'Mistaken for one another, under the candidate:' },
        table(
          [['People'], ['Policy'], ['Tickets', true]],
          wrong(after).map(({ label, decided, tickets: n }) => [label, decided, n]),
        ),
        ...(unknown.length === 0
          ? []
          : [
              {
                kind: 'note',
                text: `Labels that are no category: ${unknown.map(({ label, tickets: n }) => `${label} (${count(n)})`).join(', ')}.`,
              } as const,
            ]),
      ],
    },
  ];
}

function unread({ unreadable, problems }: BacktestResult): Section[] {
  if (unreadable === 0) return [];
  const headline = `${count(unreadable)} records are left out.`;
  return [{ id: 'unreadable', title: 'Not read', headline, blocks: [{ kind: 'list', items: problems }] }];
}

function table(
  columns: readonly (readonly [title: string, isNumber?: boolean])[],
  rows: readonly (readonly (string | number)[])[],
): Block {
  const made: ReportTable = {
    columns: columns.map(([title, isNumber = false]) => ({ title, isNumber })),
    rows: rows.map((row) =>
      row.map((cell) => (typeof cell === 'number' ? { text: count(cell), value: cell } : { text: cell })),
    ),
  };
  return { kind: 'table', table: made };
}
