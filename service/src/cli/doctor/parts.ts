// Gives checks the database, the account and the policy, as far as each can be had.
import type { Policy } from '@deskwright/shared';
import type { Config } from '../../app/config.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { ReadPolicy } from '../../policy/read-policy-file.ts';
import type { ZendeskClient } from '../../zendesk/create-zendesk.ts';
import type { OpenAccount } from '../open-account.ts';
import type { OperatorDatabase } from '../operator-database.ts';

/** What was opened, or why it could not be. */
export type Opened<T> = { ok: true; value: T } | { ok: false; reason: string };

export interface Parts {
  database: Opened<Pick<OperatorDatabase, 'db' | 'name' | 'lowDiskWarning'>>;
  account: Opened<OpenAccount>;
  policyPath: string;
  /** Read without running its tests, so that one that fails hides nothing else. */
  policyFile: ReadPolicy;
  fetch: typeof fetch;
  now: () => Date;
}

/** All except the parts throw `Unavailable` when they could not be opened. */
export interface DoctorDeps extends Parts {
  readonly db: Database;
  readonly policy: Policy;
  readonly config: Config;
  /** Null: PUBLIC_URL is not set. */
  readonly publicUrl: string | null;
  /** With the scope of `plan` and `apply`. */
  readonly zendesk: ZendeskClient;
  /** With the scope of the service. */
  readonly asService: ZendeskClient;
}

/** A part that a check needs could not be opened; the check of that part says why. */
export class Unavailable extends Error {}

export async function tryToOpen<T>(open: () => Promise<T>): Promise<Opened<T>> {
  try {
    return { ok: true, value: await open() };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

export function depsOf(parts: Parts): DoctorDeps {
  const account = () => valueOf(parts.account, 'configuration');
  return {
    ...parts,
    get db() {
      return valueOf(parts.database, 'database').db;
    },
    get policy() {
      if (parts.policyFile.outcome !== 'loaded') throw unavailable('policy');
      return parts.policyFile.loaded.policy;
    },
    get config() {
      return account().config;
    },
    get publicUrl() {
      return account().publicUrl;
    },
    get zendesk() {
      return account().zendesk;
    },
    get asService() {
      return account().asService;
    },
  };
}

function valueOf<T>(opened: Opened<T>, check: string): T {
  if (!opened.ok) throw unavailable(check);
  return opened.value;
}

const unavailable = (check: string) => new Unavailable(`Not checked, because "${check}" failed.`);
