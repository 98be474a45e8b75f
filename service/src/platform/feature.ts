// What one capability adds to the service.
import type { Route } from './http/app.ts';
import type { ReadinessChecks } from './http/health.ts';
import type { Job } from './jobs/define-job.ts';
import type { Sweep } from './jobs/keep-sweeping.ts';
import type { EffectKind } from './outbox/effect-kind.ts';

/**
 * A feature is one folder that names here all that it adds; `app/features.ts` lists the features, and nothing else knows them all. A feature
 * that others can extend (ticket hooks, card sections, agents' actions) exports the type of the extension from its `index.ts`.
 */
export interface Feature {
  readonly name: string;
  /** Called once in a process that answers HTTP; mounted in the order of the list of features. */
  readonly routes?: () => readonly Route[];
  /** Handled in worker processes. Every process may enqueue them. */
  readonly jobs?: readonly Job[];
  /** Effects on the outside that the outbox performs. */
  readonly effectKinds?: readonly EffectKind[];
  /** Enqueues jobs for rows that have none. */
  readonly sweep?: Sweep;
  /** Called in a worker process as soon as it has begun to take jobs. */
  readonly onWorkersStarted?: () => Promise<unknown>;
  /** Called when another policy comes into force. */
  readonly onPolicyChange?: () => unknown;
  /** Checks of `/readyz`, by name. */
  readonly readiness?: ReadinessChecks;
  readonly retention?: readonly Retention[];
  /** Ends what the feature holds when the service stops, after the server was closed and before the workers have. */
  readonly drain?: () => Promise<unknown>;
}

/** Rows that are deleted, or words that are erased, once they were kept long enough. Called every hour. */
type Retention = (now: Date, signal: AbortSignal) => Promise<unknown>;
