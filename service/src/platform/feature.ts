// What one capability adds to the service.
import type { Route } from './http/app.ts';
import type { ReadinessChecks } from './http/health.ts';
import type { Job } from './jobs/job-queue.ts';
import type { Sweep } from './jobs/keep-sweeping.ts';
import type { EffectKind } from './outbox/work.ts';

/**
 * A feature is one folder that declares here everything it adds; only `app/features.ts` lists all features. A feature
 * that others can extend (ticket hooks, card sections, agent actions) exports the extension's type from its `index.ts`.
 */
export interface Feature {
  readonly name: string;
  /** Called once in a process that serves HTTP; mounted in the order of the feature list. */
  readonly routes?: () => readonly Route[];
  /** Run in worker processes. Every process may enqueue them. */
  readonly jobs?: readonly Job[];
  /** Kinds of effect that the outbox performs. */
  readonly effectKinds?: readonly EffectKind[];
  /** Enqueues jobs for rows that have none. */
  readonly sweep?: Sweep;
  /** Called in a worker process once it has started to run jobs. */
  readonly onWorkersStarted?: () => Promise<unknown>;
  /** Called when another policy takes effect. */
  readonly onPolicyChange?: () => unknown;
  /** Checks of `/readyz`, by name. */
  readonly readiness?: ReadinessChecks;
  /** How long the rows of each of its tables are kept; a test finds a table that nobody names. */
  readonly tables?: Tables;
  readonly retention?: readonly Retention[];
  /** Releases the feature's resources when the service is stopping, after the HTTP server was closed and before the workers stop. */
  readonly drain?: () => Promise<unknown>;
}

/** By name of the table: the key of the policy's `retention` after which its rows are deleted, or why they never are. */
export type Tables = Readonly<Record<string, { keptFor: string } | { staysBecause: string }>>;

/** Deletes rows, or erases text, whose retention period has ended. Called every hour. */
export type Retention = (now: Date, signal: AbortSignal) => Promise<unknown>;
