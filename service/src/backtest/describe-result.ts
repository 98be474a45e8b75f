// Describes a back-test in sentences and short tables.
import type { CategoryAccuracy, Share } from './accuracy.ts';
import type { Cause } from './find-cause.ts';
import { type Outcome, PARTS, type Part } from './outcome.ts';
import type { BacktestResult, CauseResult } from './summarise.ts';

/** Lines of each list; `--json` and `--html` have the rest. */
const MOST_LINES = 10;

/** What the command prints: no customer's words, unless samples have subjects. */
export function describeResult(result: BacktestResult): string[] {
  const { policies, tickets, changed, parts } = result;
  const red = describeFailedTests(result);
  if (tickets === 0) return [...red, 'No past ticket could be compared.', ...describeProblems(result)];
  const head = [...red, `${describeTickets(result)} under ${policies.after}, compared with ${policies.before}.`];
  if (changed === 0) return [...head, 'No decision differs.', ...describeProblems(result), ...describeLabels(result)];
  const counts = PARTS.flatMap((part) => (parts[part] > 0 ? [`${PART_NAMES[part]} ${count(parts[part])}`] : []));
  return [
    ...head,
    `${count(changed)} differ (${percent(changed / tickets)}): ${counts.join(', ')}.`,
    '',
    'Why',
    ...cut(result.causes.flatMap(describeCause), result.causes.length),
    '',
    'From and to',
    ...table(
      result.moves
        .slice(0, MOST_LINES)
        .map(({ part, from, to, tickets: n }) => [
          count(n),
          PART_NAMES[part as Part],
          `${from || 'none'} -> ${to || 'none'}`,
        ]),
    ),
    ...more(result.moves.length),
    '',
    'Tickets per tier',
    ...table([
      ['tier', 'before', 'after', 'difference'],
      ...result.tiers.map(({ tier, before, after }) => [tier, count(before), count(after), signed(after - before)]),
    ]),
    ...describeLabels(result),
    ...describeProblems(result),
  ];
}

export const PART_NAMES: Readonly<Record<Part, string>> = {
  category: 'category',
  tier: 'tier',
  priority: 'priority',
  tags: 'tags',
  survey: 'survey',
  refund: 'refund limit',
};

/** `2 tests of draft.yaml fail, so that a service refuses it: "a", "b" (deskwright test draft.yaml).` Empty: none fails. */
export function describeFailedTests({ failedTests, policies: { after } }: BacktestResult): string[] {
  const n = failedTests.length;
  if (n === 0) return [];
  const names = failedTests.slice(0, MOST_LINES).map((name) => JSON.stringify(name));
  const others = n > MOST_LINES ? ` and ${count(n - MOST_LINES)} more` : '';
  const fail = n === 1 ? 'A test' : `${count(n)} tests`;
  return [
    `${fail} of ${after} fail${n === 1 ? 's' : ''}, so that a service refuses it: ${names.join(', ')}${others} (deskwright test ${after}).`,
  ];
}

/** `1,204 past tickets from 2026-10-01 to 2026-10-31`. */
export function describeTickets({ tickets, oldest, newest }: BacktestResult): string {
  const period = oldest && newest ? ` from ${oldest.slice(0, 10)} to ${newest.slice(0, 10)}` : '';
  return `${count(tickets)} past ticket${tickets === 1 ? '' : 's'}${period}`;
}

/** `trigger "Asks for money back" (refund-wording) was added`. */
export function describeEdit(cause: Cause): string {
  switch (cause.by) {
    case 'trigger':
      return `trigger "${cause.title}" (${cause.id}) was ${cause.how}`;
    case 'category':
      return `category ${cause.id} was changed`;
    case 'key':
      return `${cause.key} was changed`;
  }
}

function describeCause(cause: CauseResult): string[][] {
  const parts = PARTS.flatMap((part) =>
    cause.parts[part] > 0 ? [`${PART_NAMES[part]} ${count(cause.parts[part])}`] : [],
  );
  const samples = cause.samples.slice(0, 3).map((sample) => `    ${describeSample(sample)}`);
  return [[`  ${count(cause.tickets)}  ${describeEdit(cause)}: ${parts.join(', ')}`, ...samples]];
}

/** `#4711: category other -> refund, tier t1 -> t2`. */
export function describeSample({ id, row, subject, parts, before, after }: CauseResult['samples'][number]): string {
  const changes = parts.map((part) => `${PART_NAMES[part]} ${valueOf(before, part)} -> ${valueOf(after, part)}`);
  return `${id === null ? `row ${row}` : `#${id}`}${subject === null ? '' : ` "${subject}"`}: ${changes.join(', ')}`;
}

export function valueOf(outcome: Outcome, part: Part): string {
  const value = outcome[part];
  if (value === null) return 'none';
  return typeof value === 'string' ? value : value.join(' ') || 'none';
}

function cut(groups: readonly string[][], total: number): string[] {
  return [...groups.slice(0, MOST_LINES).flat(), ...more(total)];
}

const more = (total: number): string[] =>
  total > MOST_LINES ? [`  and ${count(total - MOST_LINES)} more: --json or --html FILE`] : [];

function describeLabels({ labels }: BacktestResult): string[] {
  if (labels === null) return [];
  const { before, after, unknown } = labels;
  const rows = after.categories.map((one) => [
    one.category,
    count(one.labelled),
    precise(
      before.categories.find(({ category }) => category === one.category),
      'precision',
    ),
    precise(one, 'precision'),
    precise(
      before.categories.find(({ category }) => category === one.category),
      'recall',
    ),
    precise(one, 'recall'),
  ]);
  return [
    '',
    `Categories that people gave: ${count(labels.tickets)} tickets`,
    `  right before ${describeShare(before.share)}, after ${describeShare(after.share)}`,
    ...table([['category', 'tickets', 'precision before', 'after', 'recall before', 'after'], ...rows]),
    ...(unknown.length === 0
      ? []
      : [
          `  Labels that are no category of the candidate were left out: ${unknown
            .slice(0, MOST_LINES)
            .map(({ label, tickets }) => `${label} (${count(tickets)})`)
            .join(', ')}.`,
        ]),
  ];
}

/** `91.2% (90.1% to 92.2%)`. */
export const describeShare = (share: Share | null): string =>
  share === null
    ? 'unknown'
    : `${percent(share.value)} (${percent(share.interval[0])} to ${percent(share.interval[1])})`;

const precise = (one: CategoryAccuracy | undefined, key: 'precision' | 'recall'): string =>
  one?.[key] ? percent(one[key].value) : '-';

function describeProblems({ unreadable, problems }: BacktestResult): string[] {
  if (unreadable === 0) return [];
  return ['', `${count(unreadable)} records could not be read:`, ...problems.map((problem) => `  ${problem}`)];
}

export const count = (n: number): string => n.toLocaleString('en-US');
const signed = (n: number): string => (n > 0 ? `+${count(n)}` : count(n));
export const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;

/** Aligned columns; the last one is as wide as it is. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map(
    (row) => `  ${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ')}`,
  );
}
