// Describes a back-test of refunds in sentences, tables and as a report.
import { type Policy, REFUND_VERDICTS, type RefundVerdict } from '@deskwright/shared';
import { formatMoney } from '@deskwright/shared/money';
import type { Block, Report } from '../../reports/index.ts';
import { count, percent } from '../describe-result.ts';
import type { RefundBacktest } from './compare-refunds.ts';

/** Lines of each list; `--json` and `--html` have the rest. */
const MOST_LINES = 15;

const NAMES: Readonly<Record<RefundVerdict, string>> = {
  allowed: 'allowed',
  needs_approval: 'needs approval',
  needs_verification: 'needs a verified customer',
  needs_confirmation: 'needs confirmation',
  refused: 'refused',
};

/** What the command prints. It names agents, and no customer. */
export function describeRefunds(result: RefundBacktest): string[] {
  if (result.refunds === 0) return ['No past refund could be compared.'];
  const [verdicts, changes, days] = tablesOf(result);
  return [
    `${headOf(result)}.`,
    summaryOf(result),
    '',
    ...aligned(verdicts),
    ...(result.changed === 0 ? [] : ['', 'What changes', ...aligned(changes)]),
    ...(days.rows.length === 0 ? [] : ['', 'Agents and days whose sums change', ...aligned(days)]),
  ];
}

/** @param policy the candidate */
export function buildRefundReport(result: RefundBacktest, policy: Policy): Report {
  const { policies, oldest, newest } = result;
  const [verdicts, changes, days] = tablesOf(result);
  const section = (id: string, title: string, table: Table) => ({
    id,
    title,
    headline: null,
    blocks: [toBlock(table)],
  });
  return {
    kind: 'backtest_refunds',
    title: 'what a changed policy does to past refunds',
    company: policy.company,
    about: `${policies.after} compared with ${policies.before}`,
    period: { from: oldest ?? '', to: newest ?? '', label: headOf(result) },
    before: null,
    timeZone: policy.time_zone,
    madeAt: null,
    summary: [summaryOf(result)],
    sections: [
      section('verdicts', 'What is decided', verdicts),
      ...(result.changed === 0 ? [] : [section('changes', 'What changes', changes)]),
      ...(days.rows.length === 0 ? [] : [section('days', 'Agents and days whose sums change', days)]),
    ],
    link: null,
  };
}

function headOf({ refunds, policies, oldest, newest }: RefundBacktest): string {
  const when = oldest === null ? '' : ` from ${oldest} to ${newest}`;
  return `${count(refunds)} past refund${refunds === 1 ? '' : 's'}${when} under ${policies.after}, compared with ${policies.before}`;
}

const summaryOf = ({ changed, refunds }: RefundBacktest): string =>
  changed === 0 ? 'No decision differs.' : `${count(changed)} are decided differently (${percent(changed / refunds)}).`;

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Verdicts, changes, days. */
function tablesOf({ verdicts, changes, days }: RefundBacktest): readonly [Table, Table, Table] {
  return [
    {
      head: ['', 'before', '', 'after', ''],
      rows: REFUND_VERDICTS.map((verdict) => [
        NAMES[verdict],
        count(verdicts.before[verdict].refunds),
        sums(verdicts.before[verdict].amounts),
        count(verdicts.after[verdict].refunds),
        sums(verdicts.after[verdict].amounts),
      ]),
    },
    {
      head: ['refunds', 'sum', 'before', 'after', 'for example'],
      rows: changes.map(({ refunds, amounts, before, after, samples }) => [
        count(refunds),
        sums(amounts),
        `${NAMES[before.verdict]} (${before.rule})`,
        `${NAMES[after.verdict]} (${after.rule})`,
        samples
          .map(
            ({ ticket, day, amount, currency }) =>
              `${ticket === null ? day : `#${ticket}`} ${sums({ [currency]: amount })}`,
          )
          .join(', '),
      ]),
    },
    {
      head: ['day', 'agent', 'refunded', 'allowed before', 'allowed after'],
      rows: days
        .filter(({ before, after }) => before !== after)
        .map(({ day, agent, currency, made, before, after }) => [
          day,
          agent,
          ...[made, before, after].map((minor) => formatMoney('en-US', { minor, currency })),
        ]),
    },
  ];
}

const sums = (amounts: Readonly<Record<string, number>>): string =>
  Object.entries(amounts)
    .map(([currency, minor]) => formatMoney('en-US', { minor, currency }))
    .join(' + ');

function aligned({ head, rows }: Table): string[] {
  const shown = [head, ...rows.slice(0, MOST_LINES)];
  const widths = head.map((_, at) => Math.max(...shown.map((row) => (row[at] ?? '').length)));
  const lines = shown.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd());
  const more = rows.length - MOST_LINES;
  return more > 0 ? [...lines, `  and ${count(more)} more: --json or --html FILE`] : lines;
}

const toBlock = ({ head, rows }: Table): Block => ({
  kind: 'table',
  table: { columns: head.map((title) => ({ title })), rows: rows.map((row) => row.map((text) => ({ text }))) },
});
