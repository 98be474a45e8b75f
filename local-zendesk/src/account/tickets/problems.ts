// Describes why a change of a ticket is invalid.
import type { Complaint } from '../result.ts';

/** Complaints by field, as in Zendesk's `RecordInvalid` details; empty when all is well. */
export type Problems = Record<string, Complaint[]>;

export function complain(problems: Problems, field: string, complaint: Complaint): void {
  problems[field] = [...(problems[field] ?? []), complaint];
}
