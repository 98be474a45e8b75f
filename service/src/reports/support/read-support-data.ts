// Reads what a daily or weekly report is made from.
import type { FigureId, Policy } from '@deskwright/shared';
import { type FigureFilters, readFigures, readFlow, readTopics, readWaiting } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { ReportKind, ReportPeriods } from '../report-period.ts';
import type { SupportData } from './support-data.ts';
import { describeScope, type ScopeRequest } from './support-scope.ts';

export interface SupportRequest extends ScopeRequest, ReportPeriods {
  readonly kind: ReportKind;
}

export interface ReadDeps {
  readonly db: Queryable;
  readonly policy: Policy;
  readonly now: Date;
  /** The dashboard; null: unknown. */
  readonly link: string | null;
}

const FIGURES = [
  'first_reply_time',
  'next_reply_time',
  'replies_within_target',
  'arrivals',
  'solves',
  'one_touch_rate',
  'reopen_rate',
  'csat',
  'csat_mean',
  'ces',
  'ces_mean',
  'response_rate',
  'overtake_rate',
  'clock_flips',
  'bounce_rate',
  'escalation_rate',
  'hand_off_rate',
] as const satisfies readonly FigureId[];

/** @throws Error for a tier, category or department that the policy does not have */
export async function readSupportData(deps: ReadDeps, request: SupportRequest): Promise<SupportData> {
  const { db, policy, now, link } = deps;
  const { kind, tier, categories, period, before } = request;
  const about = describeScope(request, policy);
  const filters: FigureFilters = { tier, categories };
  const query = { ...filters, ...toDates(period), before: toDates(before) };
  // Of an earlier period, what is now is beside the point.
  const isRecent = now.getTime() - period.to < period.to - period.from;
  const [figures, flow, topics, present] = await Promise.all([
    readFigures(db, query, FIGURES),
    readFlow(db, query, kind === 'daily' ? 'hour' : 'day'),
    readTopics(db, query, policy),
    isRecent ? readPresent(deps, filters) : null,
  ]);
  return {
    kind,
    policy,
    now,
    period,
    before,
    about,
    link,
    present,
    figures: new Map(figures.map((figure) => [figure.id, figure])),
    flow,
    topics,
    goals: [],
    department: null,
    marks: [],
    restated: null,
  };
}

async function readPresent({ db, policy, now }: ReadDeps, filters: FigureFilters): Promise<SupportData['present']> {
  return { waiting: await readWaiting(db, filters, { policy, now }), attention: [], forecast: null };
}

const toDates = ({ from, to }: { from: number; to: number }) => ({ from: new Date(from), to: new Date(to) });
