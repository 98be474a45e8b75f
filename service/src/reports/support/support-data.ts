// Defines what the daily and weekly reports are made from.
import type { CalendarPeriod, FigureId, Policy } from '@deskwright/shared';
import type {
  Annotation,
  AttentionItem,
  Dashboard,
  FigureValue,
  Forecast,
  GoalStatus,
  Instant,
} from '@deskwright/shared/contract';
import type { BeforeAndAfter } from '../../figures/topics.ts';

export interface SupportData {
  readonly kind: 'daily' | 'weekly';
  readonly policy: Pick<Policy, 'company' | 'time_zone' | 'goals' | 'categories'>;
  readonly now: Date;
  readonly period: CalendarPeriod;
  readonly before: CalendarPeriod;
  /** What it is limited to, in words. Null: nothing. */
  readonly about: string | null;
  readonly link: string | null;
  /** How it stands now; null: the report is of a period that ended long ago. */
  readonly present: {
    readonly waiting: Omit<Dashboard['waiting'], 'oldest'> & { readonly oldest: { readonly since: Instant } | null };
    readonly attention: readonly AttentionItem[];
    readonly forecast: Forecast | null;
  } | null;
  readonly figures: ReadonlyMap<FigureId, FigureValue>;
  /** Arrivals and solves of each hour (daily) or day (weekly). */
  readonly flow: Dashboard['flow'];
  readonly topics: Dashboard['topics'];
  readonly goals: readonly GoalStatus[];
  readonly marks: readonly LaunchMark[];
  readonly restated: Dashboard['restated'];
}

export interface LaunchMark extends Pick<Annotation, 'at' | 'kind' | 'text'> {
  /** Null: it is no launch, and nothing is compared. */
  readonly effect: BeforeAndAfter | null;
}
