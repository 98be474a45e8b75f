// Makes the report about customers at risk.
import { AT_RISK_DAYS } from '../../surveys/index.ts';
import type { Report } from '../engine/report.ts';
import { writeMoment } from '../engine/words.ts';
import type { ReadDeps } from '../report-request.ts';
import { atRiskSection, atRiskSentence, loadSentence, readAtRiskData } from './at-risk-section.ts';

/** As it stands now. */
export async function makeAtRiskReport(deps: ReadDeps): Promise<Report> {
  const { policy } = deps.policy;
  const { now, link, ticketUrl } = deps;
  const data = await readAtRiskData(deps);
  return {
    kind: 'at-risk',
    title: 'Customers at risk',
    company: policy.company,
    about: null,
    period: {
      from: new Date(now.getTime() - AT_RISK_DAYS * 86_400_000).toISOString(),
      to: now.toISOString(),
      label: `${AT_RISK_DAYS} days until ${writeMoment(now, policy.time_zone)}`,
    },
    before: null,
    timeZone: policy.time_zone,
    madeAt: now.toISOString(),
    link,
    summary: [atRiskSentence(data), loadSentence(data, policy)],
    sections: [atRiskSection(data, policy, ticketUrl)],
  };
}
