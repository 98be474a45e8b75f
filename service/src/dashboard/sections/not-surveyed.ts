// Reads who was not surveyed, by reason, for the page behind the response rate.
import type { FigureTickets } from '@deskwright/shared/contract';
import { readSkipped } from '../../surveys/index.ts';
import { type Asked, askedPeriods } from '../api/dashboard-query.ts';
import type { Viewer } from '../api/viewer.ts';
import type { SectionDeps } from '../section-deps.ts';

/** Left out for a wall, and where the filters ask for a channel or a group, which a survey that was not sent need not have. */
export async function readNotSurveyed(
  { db, policy: store, clock }: SectionDeps,
  asked: Asked,
  viewer: Viewer,
): Promise<Pick<FigureTickets, 'notSurveyed'>> {
  const { tier, category, channel, group } = asked;
  if (viewer.kind === 'wall' || channel !== undefined || group !== undefined) return {};
  const { from, to } = askedPeriods({ ...asked, compare: false }, store.current().policy.time_zone, clock());
  const ofCategory = category === undefined ? {} : { categories: [category] };
  const counts = new Map<string, NonNullable<FigureTickets['notSurveyed']>[number]>();
  for (const { survey, what, reason, n } of await readSkipped(db, { from, to, tier, ...ofCategory })) {
    if (what !== 'survey' || survey === 'pulse') continue;
    const key = `${survey}:${reason}`;
    counts.set(key, { survey, reason, n: n + (counts.get(key)?.n ?? 0) });
  }
  return { notSurveyed: [...counts.values()].toSorted((a, b) => b.n - a.n) };
}
