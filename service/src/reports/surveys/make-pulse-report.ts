// Makes the report about the agents' pulse, beside the customers' score, from what is stored.
import { type CustomerSurvey, readPulseRounds, readSurveyCells } from '../../surveys/index.ts';
import type { Report } from '../engine/report.ts';
import type { ReadDeps } from '../report-request.ts';
import { buildPulseReport, type RoundBeside } from './build-pulse-report.ts';

const MOST_ROUNDS = 12;

/** Of the last twelve rounds. It has no filter on purpose: a part and the whole would tell of the rest. */
export async function makePulseReport({ db, policy: { policy }, now, link }: ReadDeps): Promise<Report> {
  const asked = (['csat', 'nps', 'ces'] as const).find((survey) => policy.surveys[survey] !== undefined) ?? null;
  const rounds: RoundBeside[] = [];
  for (const round of await readPulseRounds(db, MOST_ROUNDS))
    rounds.push({
      ...round,
      customers: asked && round.closedAt ? await customersIn(asked, round.startsAt, round.closedAt) : [],
    });
  return buildPulseReport({ rounds, customerSurvey: asked, policy, now, link });

  async function customersIn(survey: CustomerSurvey, from: Date, to: Date) {
    return (await readSurveyCells(db, { survey, from, to, timeZone: policy.time_zone })).cleaned.week;
  }
}
