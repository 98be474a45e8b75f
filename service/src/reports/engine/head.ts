// Writes the head and the foot of every report.
import type { Report } from './report.ts';
import { writeMoment } from './words.ts';

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
