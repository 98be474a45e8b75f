// Declares lists and their pages.
import type { Call, Reply } from '../call.ts';

export type SortValue = string | number;

export interface List<T> {
  /** Name of the list in the answer. */
  key: string;
  /** In the order in which offset pages show them. */
  items: readonly T[];
  idOf: (item: T) => number | string;
  show: (item: T) => unknown;
  /** What else the answer holds (side-loads), from the items of the page. */
  beside?: (page: readonly T[]) => Record<string, unknown>;
  /** What `sort` may name in cursor mode; `id` always may. */
  cursorSorts?: Readonly<Record<string, (item: T) => SortValue>>;
  /** Largest and usual page size; Zendesk's is 100. */
  maxSize?: number;
}

export const wantsCursor = (query: URLSearchParams): boolean =>
  query.has('page[size]') || query.has('page[after]') || query.has('page[before]');

export type Page<T> = { ok: true; items: readonly T[]; paging: Record<string, unknown> } | { ok: false; reply: Reply };

/** The same call with other query parameters; null removes one. */
export function linkTo(call: Call, changes: Readonly<Record<string, string | null>>): string {
  const url = new URL(call.url(call.path));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.toString();
}
