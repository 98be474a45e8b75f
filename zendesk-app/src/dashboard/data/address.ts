// Keeps what the page shows in the address: `#/trends?range=7d&tier=t1&figure=csat`.
import { type DashboardQuery, FIGURE_IDS, type FigureId, type TicketsQuery } from '@deskwright/shared/contract';

export const SECTIONS = ['overview', 'attention', 'trends', 'goals', 'queues', 'rules', 'team', 'links'] as const;
export type SectionId = (typeof SECTIONS)[number];

export const RANGES = ['today', '7d', '28d', '90d', '365d'] as const;
const DAYS = /^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$/;

export const FILTERS = ['tier', 'category', 'channel', 'group'] as const;

/** Which tickets of a figure are behind a number, further than the page's filters. A tier or category of '' is none. */
export interface Only extends DashboardQuery, TicketsQuery {
  /** `1`: the page's range and filters do not apply, as with a goal. */
  readonly alone?: '1';
  /** `0`: none; the number has a definition alone. */
  readonly tickets?: '0';
}

const ONLY = [
  ...FILTERS,
  'from',
  'to',
  'categories',
  'agent',
  'department',
  'trigger',
  'chosen',
  'unassigned',
  'waited',
  'alone',
  'tickets',
] as const satisfies readonly (keyof Only)[];

export interface Opened {
  readonly figure: FigureId;
  readonly only: Only;
  /** What the number is about, where it is not the whole figure: `Tier 1`. */
  readonly about?: string;
}

export interface Address {
  readonly section: SectionId;
  readonly query: DashboardQuery;
  /** The number whose definition and tickets are open. */
  readonly open: Opened | null;
}

/** What cannot be read is left out: people edit addresses, and old links name what no longer exists. @param hash with or without `#` */
export function readAddress(hash: string): Address {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?');
  const values = new URLSearchParams(search);
  const range = values.get('range');
  const figure = FIGURE_IDS.find((id) => id === values.get('figure'));
  const about = values.get('about');
  const read = <K extends string>(names: readonly K[], prefix: string) =>
    names.flatMap((name) => {
      const value = values.get(prefix + name);
      return value === null ? [] : [[name, value] as const];
    });
  const filters = read(FILTERS, '').filter(([, value]) => value !== '');
  return {
    section: SECTIONS.find((id) => id === path) ?? 'overview',
    query: {
      ...(range !== null && isRange(range) && range !== 'today' ? { range } : {}),
      ...(values.get('compare') === '0' ? { compare: '0' as const } : {}),
      ...Object.fromEntries(filters),
    },
    open:
      figure === undefined
        ? null
        : { figure, only: Object.fromEntries(read(ONLY, 'only.')), ...(about === null ? {} : { about }) },
  };
}

export function writeAddress({ section, query, open }: Address): string {
  const values = new URLSearchParams(entriesOf(query));
  if (open !== null) {
    values.set('figure', open.figure);
    if (open.about !== undefined) values.set('about', open.about);
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

/** What is asked for the tickets of one number, from what the page shows. */
export function queryOf(
  page: DashboardQuery,
  { alone, ...only }: Omit<Only, 'tickets'>,
): DashboardQuery & TicketsQuery {
  return alone === undefined ? { ...page, ...only } : only;
}

export function isRange(range: string): boolean {
  if (RANGES.some((known) => known === range)) return true;
  const [from = '', to = ''] = range.split('..');
  return DAYS.test(range) && !Number.isNaN(Date.parse(from)) && !Number.isNaN(Date.parse(to)) && from <= to;
}

function entriesOf(query: Only): [string, string][] {
  return Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
}
