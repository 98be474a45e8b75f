// Declares the options of a local Zendesk.
import type { PackageToInstall } from './apps/install-package.ts';
import type { Clock } from './clock.ts';
import type { FaultOptions } from './faults/faults.ts';
import type { LimitNumbers } from './http/limits/limits.ts';
import type { TrickleSettings } from './trickle/trickle.ts';

export interface LocalZendeskOptions {
  /** HTTP port; default 4601. A taken one moves up; 0 lets the system choose. */
  port?: number;
  /** SMTP port; default 4602, likewise. */
  smtpPort?: number;
  /** Port of the same over TLS on 127.0.0.1, which ZCLI needs; default: none. A taken one moves up, 0 takes any. */
  https?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** `northwind` (default): the account with staff, views, rules and backlog. `empty`: an owner and the OAuth client. */
  seed?: 'northwind' | 'empty';
  /** Open tickets; default 800. 0 leaves the people and rules without tickets. */
  backlog?: number;
  /** CSV file whose messages become the backlog instead. */
  messages?: string;
  /** Default off. `start: 'when_subscribed'` waits until an active webhook listens to ticket events. */
  trickle?: Partial<TrickleSettings> & { start: 'off' | 'now' | 'when_subscribed' };
  /** False: the account refuses to subscribe webhooks to messages of messaging tickets. Default true. */
  messaging?: boolean;
  /** Replaces some of Zendesk's rate limits; the others stay as on Support Enterprise. */
  limits?: Partial<LimitNumbers>;
  /** Default: real time. */
  clock?: Clock;
  faults?: FaultOptions;
  /** Apps to install at the start: folder or zip file of a package, with its settings. */
  apps?: readonly PackageToInstall[];
  /** Same seed, same backlog, same faults; default 1. */
  randomSeed?: number;
  /** Real milliseconds until a webhook delivery times out; by default Zendesk's 12,000. */
  webhookTimeoutMs?: number;
  /** First pause before a timed-out or conflicting delivery is tried again; default 1,000. */
  webhookRetryPauseMs?: number;
}
