// What does the pipeline need from the world?
import type { Policy } from '@deskwright/shared';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import type { Directory } from '../../directory/directory.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { Zendesk } from '../../zendesk/zendesk.ts';

/** The policy in force, compiled. */
export interface PolicyInForce {
  policy: Policy;
  compiled: CompiledPolicy;
  hash: string;
}

export interface PipelineDeps {
  db: Database;
  zendesk: Zendesk;
  directory: Directory;
  policy: { current: () => PolicyInForce };
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
  /** Rehearsals ask after so many milliseconds instead of after the policy's delay; null otherwise. */
  surveyDelayMs: number | null;
}
