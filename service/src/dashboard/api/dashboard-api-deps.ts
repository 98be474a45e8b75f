// Declares what the dashboard's API is built from.
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { PageDeps } from '../../sidebar/index.ts';
import type { SharedResults, Turns } from '../live/share-results.ts';
import type { Streams } from '../live/stream-dashboard.ts';
import type { Overview } from '../overview/overview.ts';
import type { SectionDeps } from '../section-deps.ts';
import { readQueues } from '../sections/queues.ts';
import { readRules } from '../sections/rules.ts';
import { readTrends } from '../sections/trends.ts';
import type { Asked } from './dashboard-query.ts';

export interface DashboardApiDeps extends SectionDeps, Pick<PageDeps, 'sessions' | 'findAgent'> {
  readonly overviews: SharedResults<Asked, Overview>;
  readonly sections: SharedResults<AskedSection, object>;
  /** Of what is computed for each viewer: tickets and single agents. */
  readonly turns: Turns;
  readonly streams: Streams;
  /** The database of links, whose connections no computation holds. */
  readonly links: Database;
  readonly publicUrl: string;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly limits?: Partial<DashboardLimits> | undefined;
}

/** The same for everybody who asks the same. */
export const SHARED_SECTIONS = { trends: readTrends, queues: readQueues, rules: readRules } as const;
export type SharedSection = keyof typeof SHARED_SECTIONS;

export interface AskedSection {
  readonly name: SharedSection;
  readonly asked: Asked;
}

export interface DashboardLimits {
  /** Calls of an agent or a wall link a minute. */
  readonly perViewer: number;
  /** Refused calls a minute and address; a whole company may share one. */
  readonly refusedPerIp: number;
}
