// The dependencies of the customers' pages.
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { SurveyPolicy } from '../survey-settings.ts';
import type { RequestLimits } from './limit-requests.ts';

export interface SurveyRouterDeps {
  db: Database;
  /** The policy in force. */
  policy: () => SurveyPolicy;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'error' | 'warn'>;
  /** Called after an answer is committed, to enqueue its effects. A failure is logged; the sweeper enqueues them later. */
  onAnswer?: (() => unknown) | undefined;
  limits?: RequestLimits | undefined;
}
