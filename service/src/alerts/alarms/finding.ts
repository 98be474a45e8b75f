// Declares what an alarm is about.
import type { Money } from '@deskwright/shared/contract';
import type { Queryable } from '../../platform/storage/database.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { ExportFindings } from '../../tickets/index.ts';
import type { AlarmKind } from '../tables.ts';

export interface Finding {
  readonly kind: AlarmKind;
  /** See the table. */
  readonly about: string;
  /** The number that was judged: tickets, percent, customers, minutes, answers, refunds, payments. */
  readonly n: number;
  /** What is usual or allowed, in the same unit. */
  readonly usual: number | null;
  /** Of how many `n` is a share. */
  readonly of?: number;
  /** Changes that were only in the export; of silent webhooks. */
  readonly missed?: number;
  /** Of a fall: as `SurveyScore` has them, with how many answers there were before. */
  readonly fall?: { readonly before: number; readonly now: number; readonly answersBefore: number };
  /** Of refunds: what those of today are worth, and what is usual for a day. */
  readonly worth?: { readonly today: Money; readonly usual: Money };
  /** Of refunds: who made them, if they are one agent's and Zendesk has told the name. */
  readonly agent?: string | null;
  /** Since when what was found lasts; null: it is found now. */
  readonly since: Date | null;
  /** A ticket to begin with. */
  readonly ticketId: number | null;
}

export interface AlarmContext {
  readonly inForce: Pick<PolicyInForce, 'policy' | 'compiled'>;
  readonly now: Date;
  /** Since when this process could receive events, in epoch milliseconds. */
  readonly startedAt: number;
  /** Whether this alarm is on already: it ends later than it began, so that it does not come and go. */
  readonly isOn: (kind: AlarmKind, about?: string) => boolean;
  readonly exported: (db: Queryable) => Promise<ExportFindings>;
}
