// A fake of an account's views for tests without HTTP; it passes the same contract tests as the real client.
import type { AccountObjects, LastChange, RawObject } from '../account-objects.ts';
import { createFaults, type Faults } from '../fake-faults.ts';
import { ZendeskError } from '../zendesk.ts';

/** As Zendesk returns it, reduced to what we read. A type, because it is also a `RawObject`. */
export type FakeView = {
  id: number;
  title: string;
  active: boolean;
  updated_at: string;
  execution: Omit<Output, 'columns'> & { columns: { id: string | number; title: string }[] };
};

/** The order and the columns of a view as they are written. */
interface Output {
  columns: (string | number)[];
  group_by: string | null;
  group_order: string | null;
  sort_by: string | null;
  sort_order: string | null;
}

interface FakeViews {
  /** Only the calls that find views and change their order. */
  objects: AccountObjects;
  views: FakeView[];
  /** By the view's id. */
  changes: Map<number, LastChange>;
  /** Bodies of the writes that arrived, oldest first. */
  writes: { id: string; output: Output }[];
  faults: Faults<keyof AccountObjects>;
}

/** @param clock epoch milliseconds */
export function createFakeViews(clock: () => number): FakeViews {
  const faults = createFaults<keyof AccountObjects>();
  const views: FakeView[] = [];
  const changes: FakeViews['changes'] = new Map();
  const writes: FakeViews['writes'] = [];
  const find = (id: string) => views.find((view) => view.id === Number(id));
  const calls: Pick<AccountObjects, 'listReadable' | 'show' | 'update' | 'whoChanged'> = {
    listReadable: () => faults.around('listReadable', async (): Promise<RawObject[]> => structuredClone(views)),
    show: (_kind, id) => faults.around('show', async () => structuredClone(find(id) ?? null)),
    update: (_kind, id, body) =>
      faults.around('update', async () => {
        const view = find(id);
        if (!view) throw new ZendeskError('not_found', 'PUT view answered 404 RecordNotFound', 404);
        const output = body['output'] as Output;
        writes.push({ id, output });
        const { columns, group_by, group_order, sort_by, sort_order } = output;
        view.execution = {
          columns: columns.map((column) => ({ id: returnedColumn(column), title: String(column) })),
          group_by,
          group_order: group_order ?? 'asc',
          sort_by,
          sort_order: sort_order ?? 'desc',
        };
        view.updated_at = new Date(clock()).toISOString().replace(/\.\d+Z$/, 'Z');
        return structuredClone(view);
      }),
    whoChanged: (_kind, id) => faults.around('whoChanged', async () => changes.get(Number(id)) ?? null),
  };
  return { objects: calls as AccountObjects, views, changes, writes, faults };
}

/** Zendesk accepts the subject column as `description` and returns it as `subject`. */
const returnedColumn = (id: string | number) => (id === 'description' ? 'subject' : id);
