// Makes a daily or weekly report from what is stored.
import { buildDepartmentReport, readDepartmentData } from './department/department-report.ts';
import type { Report } from './engine/report.ts';
import type { ReadDeps, SupportRequest } from './report-request.ts';
import { buildSupportReport } from './support/build-support-report.ts';
import { readSupportData } from './support/read-support-data.ts';

/** @throws Error for a tier, category or department that the policy does not have, or for a department together with a tier */
export async function makeReport(deps: ReadDeps, request: SupportRequest): Promise<Report> {
  const { department, tier } = request;
  if (department === undefined) return buildSupportReport(await readSupportData(deps, request));
  if (tier !== undefined) throw new Error('A department has no tiers: give --department or --tier, not both.');
  return buildDepartmentReport(await readDepartmentData(deps, { ...request, department }));
}
