// Reads when the open tickets will be worked off.
import { addDays, localDate, type Policy, startOfDate } from '@deskwright/shared';
import type { Forecast } from '@deskwright/shared/contract';
import { forecastBacklog } from '../../figures/forecast.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { readKnownSince } from '../measures/known-since.ts';
import type { FigureFilters } from './figure-query.ts';
import { readFlow } from './read-series.ts';

/** Eight of each weekday. */
const DAYS = 56;

/** From the whole days before today of which all tickets are known, since the first on which anything happened. `open`: tickets open now. The same day gives the same forecast. */
export async function readForecast(
  db: Queryable,
  filters: FigureFilters,
  { policy, now, open }: { policy: Pick<Policy, 'time_zone'>; now: Date; open: number },
): Promise<Forecast> {
  const today = localDate(now.getTime(), policy.time_zone);
  const startOf = (day: string): Date => new Date(startOfDate(day, policy.time_zone) ?? Number.NaN);
  const flow = await readFlow(db, { ...filters, from: startOf(addDays(today, -DAYS)), to: startOf(today) }, 'day');
  const told = (await readKnownSince(db))?.told.getTime() ?? Number.NEGATIVE_INFINITY;
  const first = flow.findIndex(({ at, arrivals, solves }) => Date.parse(at) >= told && arrivals + solves > 0);
  return forecastBacklog({ open, days: first === -1 ? [] : flow.slice(first), seed: Date.parse(today) / 86_400_000 });
}
