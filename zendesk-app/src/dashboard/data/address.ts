// Keeps what the page shows in the address: `#/trends?range=7d&tier=t1&figure=csat`.
import { type DashboardQuery, FIGURE_IDS, type FigureId } from '@deskwright/shared/contract';

export const SECTIONS = ['overview', 'trends', 'goals', 'queues', 'rules', 'team', 'links'] as const;
export type SectionId = (typeof SECTIONS)[number];

export const RANGES = ['today', '7d', '28d', '90d', '365d'] as const;
const DAYS = /^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$/;

export const FILTERS = ['tier', 'category', 'channel', 'group'] as const;

export interface Address {
  readonly section: SectionId;
  readonly query: DashboardQuery;
  /** The figure whose definition and tickets are open, with a filter of its own: the tickets of one bar. */
  readonly open: { readonly figure: FigureId; readonly only: DashboardQuery } | null;
}

/** What cannot be read is left out: people edit addresses, and old links name what no longer exists. @param hash with or without `#` */
export function readAddress(hash: string): Address {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?');
  const values = new URLSearchParams(search);
  const range = values.get('range');
  const figure = FIGURE_IDS.find((id) => id === values.get('figure'));
  const filters = (prefix: string) =>
    FILTERS.flatMap((name) => {
      const value = values.get(prefix + name);
      return value === null || value === '' ? [] : [[name, value] as const];
    });
  return {
    section: SECTIONS.find((id) => id === path) ?? 'overview',
    query: {
      ...(range !== null && isRange(range) && range !== 'today' ? { range } : {}),
      ...(values.get('compare') === '0' ? { compare: '0' as const } : {}),
      ...Object.fromEntries(filters('')),
    },
    open: figure === undefined ? null : { figure, only: Object.fromEntries(filters('only.')) },
  };
}

export function writeAddress({ section, query, open }: Address): string {
  const values = new URLSearchParams(entriesOf(query));
  if (open !== null) {
    values.set('figure', open.figure);
    for (const [name, value] of entriesOf(open.only)) values.set(`only.${name}`, value);
  }
  const search = values.toString();
  return `#/${section}${search === '' ? '' : `?${search}`}`;
}

/** The part of a call's address after its path: `?range=7d`; empty where everything has its default. */
export function searchOf(query: DashboardQuery, more: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams([...entriesOf(query), ...Object.entries(more)]).toString();
  return search === '' ? '' : `?${search}`;
}

export function isRange(range: string): boolean {
  if (RANGES.some((known) => known === range)) return true;
  const [from = '', to = ''] = range.split('..');
  return DAYS.test(range) && !Number.isNaN(Date.parse(from)) && !Number.isNaN(Date.parse(to)) && from <= to;
}

function entriesOf(query: DashboardQuery): [string, string][] {
  return Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
}
