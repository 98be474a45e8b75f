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
  /** Called when an answer is durable: its effects may be carried out. A failure is logged; the sweeper catches up. */
  onAnswer?: (() => unknown) | undefined;
  limits?: RequestLimits | undefined;
}
