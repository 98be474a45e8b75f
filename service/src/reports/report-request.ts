// Defines the request for a report, and its data sources.
import type { Database } from '../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import type { ReportKind, ReportPeriods } from './report-period.ts';

/** Ids of the policy. What is left out limits nothing. */
export interface ScopeRequest {
  readonly tier?: string | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly department?: string | undefined;
}

export interface SupportRequest extends ScopeRequest, ReportPeriods {
  readonly kind: ReportKind;
}

export interface ReadDeps {
  readonly db: Database;
  readonly policy: PolicyWithGuidance;
  readonly now: Date;
  /** The dashboard; null: unknown. */
  readonly link: string | null;
  readonly ticketUrl: (id: number) => string;
}
