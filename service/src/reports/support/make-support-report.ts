// Makes a daily or weekly report from what is stored.
import type { Report } from '../engine/report.ts';
import { buildSupportReport } from './build-support-report.ts';
import { type ReadDeps, readSupportData, type SupportRequest } from './read-support-data.ts';

/** @throws Error for a tier, category or department that the policy does not have */
export async function makeSupportReport(deps: ReadDeps, request: SupportRequest): Promise<Report> {
  return buildSupportReport(await readSupportData(deps, request));
}
