// Parts of a report that several formats share: the head and the foot, links in texts, and the table of a chart's numbers.
import type { TicketLink } from '@deskwright/shared/contract';
import type { Report, ReportChart, ReportTable } from './report.ts';
import { writeMoment, writeValue } from './words.ts';

/** `Northwind Outdoor: daily report`, and what it covers. */
export function headOf({ company, title, period, before, about }: Report): { title: string; lines: string[] } {
  return {
    title: `${company}: ${title}`,
    lines: [
      ...(about === null ? [] : [about]),
      `${period.label}${before === null ? '' : `, compared with ${before.label}`}`,
    ],
  };
}

export function footOf({ madeAt, timeZone }: Report): string[] {
  if (madeAt === null) return ['Made by Deskwright.'];
  return [
    `Made by Deskwright on ${writeMoment(new Date(madeAt), timeZone)} (${timeZone}). Team figures only. What each figure counts: docs/reference/figures.md.`,
  ];
}

/** A part of a text; without an address it is no link. */
export interface Piece {
  readonly text: string;
  readonly url: string | null;
}

/** @param link the dashboard; null: unknown */
export const linkNumbers = (text: string, link: string | null): Piece[] => [
  { text, url: /\d/.test(text) ? link : null },
];

/** Each `#4711` of these tickets. */
export function linkTickets(text: string, tickets: readonly TicketLink[]): Piece[] {
  const urls = new Map(tickets.map(({ id, url }) => [`#${id}`, url]));
  return text
    .split(/(#\d+)/)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, url: urls.get(part) || null }));
}

/** Makes the table of a chart's numbers, for whoever sees no picture. */
export function tableOfChart({ labels, series, unit }: ReportChart): ReportTable {
  return {
    columns: [{ title: '' }, ...series.map(({ name }) => ({ title: name, isNumber: true }))],
    rows: labels.map((label, n) => [
      { text: label },
      ...series.map(({ values }) => {
        const value = values[n] ?? 0;
        return { text: writeValue(value, unit), value };
      }),
    ]),
  };
}
