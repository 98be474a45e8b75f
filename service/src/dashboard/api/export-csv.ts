// Writes what a viewer sees as CSV.
import type {
  Dashboard,
  FigureTickets,
  FigureValue,
  GoalStatus,
  Queues,
  Rules,
  Team,
  Trends,
  WallLink,
} from '@deskwright/shared/contract';
import { type CsvValue, writeCsv } from '../../platform/text-files/csv.ts';

/** Excel takes a file for UTF-8 only with it; other programs skip it. */
const BYTE_ORDER_MARK = '\uFEFF';

type Rows = readonly (readonly CsvValue[])[];
const csv = (columns: readonly string[], rows: Rows): string => BYTE_ORDER_MARK + writeCsv(columns, rows);

const FIGURE_COLUMNS = ['figure', 'unit', 'value', 'n', 'median', 'p90', 'mean', 'business_median', 'within_target'];
const figureFields = ({ id, unit, value, n, calendar, business, within }: FigureValue): CsvValue[] => [
  id,
  unit,
  value,
  n,
  calendar?.median ?? null,
  calendar?.p90 ?? null,
  calendar?.mean ?? null,
  business?.median ?? null,
  within?.share ?? null,
];

/** One line a number, so that any of them can be filtered: the section, what it is about, and the number. */
export function overviewCsv({ figures, waiting, flow, topics, attention, goals }: Dashboard): string {
  const line = (section: string, about: string, ...fields: CsvValue[]): CsvValue[] => [section, about, ...fields];
  const count = (id: string, n: number): CsvValue[] => [id, 'count', n, n];
  return csv(
    ['section', 'about', ...FIGURE_COLUMNS, 'before'],
    padded(
      [
        line('waiting', '', ...count('waiting', waiting.n)),
        line('waiting', '', ...count('open_tickets', waiting.open)),
        ...waiting.byTier.map(({ name, n }) => line('waiting', name, ...count('waiting', n))),
        ...waiting.ages.map(({ from, to, n }) =>
          line('waiting', to === null ? `${from} h and more` : `${from} to ${to} h`, ...count('waiting', n)),
        ),
        ...figures.map((figure) => line('figures', '', ...figureFields(figure), figure.before?.value ?? null)),
        ...flow.flatMap(({ at, arrivals, solves }) => [
          line('flow', at, ...count('arrivals', arrivals)),
          line('flow', at, ...count('solves', solves)),
        ]),
        ...topics.map(({ name, n }) => line('topics', name, ...count('arrivals', n))),
        ...attention.map(({ kind, about, n }) => line('attention', about ?? '', ...count(kind, n))),
        ...goals.map(({ name, figure, unit, value, n }) => line('goals', name, figure, unit, value, n)),
      ],
      12,
    ),
  );
}

export function trendsCsv({ trends, backlog, annotations }: Trends): string {
  return csv(
    ['series', 'at', 'unit', 'value', 'business', 'n', 'text'],
    [
      ...trends.flatMap(({ figure, unit, points }) =>
        points.map(({ at, value, business, n }) => [figure, at, unit, value, business ?? null, n, null]),
      ),
      ...backlog.map(({ at, open }) => ['open_tickets', at, 'count', open, null, open, null]),
      ...annotations.map(({ at, kind, text }) => [kind, at, null, null, null, null, text]),
    ],
  );
}

export function queuesCsv({ tiers, departments, skips }: Queues): string {
  return csv(
    ['queue', 'name', 'waiting', 'oldest', ...FIGURE_COLUMNS],
    padded(
      [
        ...[
          ...tiers.map((row) => ['tier', row] as const),
          ...departments.map((row) => ['department', row] as const),
        ].flatMap(([kind, { name, waiting, oldest, figures }]) =>
          figures.map((figure) => [kind, name, waiting, oldest, ...figureFields(figure)]),
        ),
        ...(skips?.reasons ?? []).map(({ reason, n }) => ['skip_reason', reason, null, null, 'skips', 'count', n, n]),
      ],
      13,
    ),
  );
}

export function rulesCsv({ rules, shadow = [], figures, withoutGuidance }: Rules): string {
  return csv(
    ['section', 'id', 'name', 'value', 'decided', 'overruled', 'last_hit'],
    [
      ...rules.map(({ id, name, decided, overruled, lastHit }) => [
        'rule',
        id,
        name,
        null,
        decided,
        overruled,
        lastHit,
      ]),
      ...shadow.map(({ id, name, saw, changed }) => ['in_shadow', id, name, changed, saw, null, null]),
      ...figures.map(({ id, value, n }) => ['figure', id, null, value, n, null, null]),
      ...withoutGuidance.map(({ id, name, n }) => ['without_guidance', id, name, n, null, null, null]),
    ],
  );
}

/** The column of each field of a goal. */
const GOAL_FIELDS: Readonly<Record<string, (goal: GoalStatus) => CsvValue>> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  figure: ({ figure }) => figure,
  tier: ({ tier }) => tier ?? null,
  category: ({ category }) => category ?? null,
  unit: ({ unit }) => unit,
  clock: ({ clock }) => clock ?? null,
  is: ({ is }) => is,
  target: ({ target }) => target,
  value: ({ value }) => value,
  n: ({ n }) => n,
  state: ({ state }) => state,
  from: ({ from }) => from,
  to: ({ to }) => to,
  owner: ({ owner }) => owner,
  benchmark: ({ benchmark }) => benchmark?.text ?? null,
  source: ({ benchmark }) => benchmark?.source ?? null,
};

export function goalsCsv(goals: readonly GoalStatus[]): string {
  const fields = Object.values(GOAL_FIELDS);
  return csv(
    Object.keys(GOAL_FIELDS),
    goals.map((goal) => fields.map((read) => read(goal))),
  );
}

export function teamCsv({ agents }: Team): string {
  return csv(
    ['agent_id', 'agent', ...FIGURE_COLUMNS, 'before'],
    agents.flatMap(({ agentId, name, figures }) =>
      figures.map((figure) => [agentId, name, ...figureFields(figure), figure.before?.value ?? null]),
    ),
  );
}

export function linksCsv(links: readonly WallLink[]): string {
  return csv(
    ['id', 'name', 'shows', 'created_at', 'created_by', 'last_used_at'],
    links.map(({ id, name, shows = 'dashboard', createdAt, createdBy, lastUsedAt }) => [
      id,
      name,
      shows,
      createdAt,
      createdBy,
      lastUsedAt,
    ]),
  );
}

export function ticketsCsv({ figure, unit, tickets }: FigureTickets): string {
  return csv(
    ['figure', 'ticket', 'url', 'at', 'value', 'unit', 'raw', 'tier', 'category', 'channel'],
    tickets.map(({ ticket, at, value, raw = null, tier, category, channel }) => [
      figure,
      ticket.id,
      ticket.url,
      at,
      value,
      value === null ? null : unit,
      raw,
      tier,
      category,
      channel,
    ]),
  );
}

function padded(rows: Rows, width: number): Rows {
  return rows.map((row) => [...row, ...Array.from({ length: Math.max(0, width - row.length) }, () => null)]);
}
