// Stores views and finds their tickets.
import type { Actor } from '../actor.ts';
import type { Core } from '../core.ts';
import { createRecordStore } from '../record-store.ts';
import { invalid, ok, type Result } from '../result.ts';
import type { View, ViewInput, ViewOutput } from '../rules.ts';
import type { Views } from '../rules-api.ts';
import type { Ticket } from '../types.ts';
import { defined } from '../values.ts';
import { matchesView } from './matches-view.ts';
import { type SortDeps, sortTickets } from './sort-tickets.ts';
import { isColumn, isSortable, writtenColumn } from './view-columns.ts';

const MAX_COLUMNS = 10;
const ANCHORS = new Set(['status', 'type', 'group_id', 'assignee_id', 'requester_id']);
const DEFAULT_COLUMNS = ['description', 'requester', 'created', 'assignee'];

/** Defaults of omitted keys. Whether Zendesk merges `output` is not documented, so this is strict. */
const asOutput = (given: ViewInput['output']): ViewOutput => ({
  columns: (given?.columns ?? DEFAULT_COLUMNS).map((column) => writtenColumn(String(column))),
  group_by: given?.group_by ? writtenColumn(given.group_by) : null,
  group_order: given?.group_order ?? 'asc',
  sort_by: given?.sort_by ? writtenColumn(given.sort_by) : null,
  sort_order: given?.sort_order ?? 'desc',
});

function checkOutput({ columns, group_by, sort_by }: ViewOutput): Result<null> {
  const wrong = columns.find((column) => !isColumn(column));
  if (wrong !== undefined) return invalid('output', `Columns: ${wrong} is not a column`, 'InvalidValue');
  if (columns.length > MAX_COLUMNS) return invalid('output', `Columns: at most ${MAX_COLUMNS}`, 'InvalidValue');
  if (sort_by !== null && !isSortable(sort_by)) {
    return invalid('output', `Sort: ${sort_by} cannot be sorted by`, 'InvalidValue');
  }
  if (group_by !== null && !isSortable(group_by)) {
    return invalid('output', `Group: ${group_by} cannot be grouped by`, 'InvalidValue');
  }
  return ok(null);
}

function check(input: ViewInput): Result<null> {
  if (input.title !== undefined && !input.title.trim()) return invalid('title', 'Title: cannot be blank', 'BlankValue');
  if (input.all !== undefined && !input.all.some((condition) => ANCHORS.has(condition.field))) {
    const description = `Must have a condition on ${[...ANCHORS].join(', ')} under "all"`;
    return invalid('base', description, 'InvalidValue');
  }
  return input.output === undefined ? ok(null) : checkOutput(asOutput(input.output));
}

export interface ViewStoreDeps extends SortDeps {
  core: Core;
  tickets: () => readonly Ticket[];
}

export function createViewStore(deps: ViewStoreDeps): Views {
  const { core } = deps;
  const records = createRecordStore<View>(core, 'rule', (view) => `View: ${view.title}`);
  const list = (): readonly View[] => records.list().toSorted((a, b) => a.position - b.position || a.id - b.id);

  const create = (input: ViewInput, by: Actor): Result<View> => {
    const checked = check({ ...input, title: input.title ?? '', all: input.all ?? [] });
    if (!checked.ok) return checked;
    const at = core.stamp(by);
    const view: View = {
      id: core.nextId(),
      title: input.title ?? '',
      description: input.description ?? null,
      active: input.active ?? true,
      default: false,
      position: input.position ?? Math.max(0, ...records.list().map((one) => one.position)) + 1,
      conditions: { all: input.all ?? [], any: input.any ?? [] },
      output: asOutput(input.output),
      restriction: input.restriction ?? null,
      created_at: at,
      updated_at: at,
    };
    return ok(records.add(view, by));
  };

  const update = (id: number, input: ViewInput, by: Actor): Result<View> => {
    const checked = check(input);
    if (!checked.ok) return checked;
    const { all, any, output, ...rest } = defined(input);
    const old = records.find(id)?.conditions;
    const rules =
      all === undefined && any === undefined
        ? {}
        : { conditions: { all: all ?? old?.all ?? [], any: any ?? old?.any ?? [] } };
    return records.change(id, { ...rest, ...rules, ...(output && { output: asOutput(output) }) }, by);
  };

  const tickets: Views['tickets'] = (view, { viewerId = -1, sort_by, sort_order } = {}) => {
    const asker = { groups: deps.groups, userId: viewerId };
    const sight = { metricsOf: deps.metricsOf, now: core.clock.now(), asker };
    const found = deps.tickets().filter((ticket) => matchesView(sight, view.conditions, ticket));
    const { output } = view;
    return sortTickets(deps, found, [
      { by: output.group_by, order: output.group_order },
      // Without a sort order, a view shows the newest ticket first.
      { by: sort_by ?? output.sort_by ?? 'nice_id', order: sort_order ?? output.sort_order },
    ]);
  };

  return { create, update, delete: records.remove, find: records.find, list, tickets };
}
