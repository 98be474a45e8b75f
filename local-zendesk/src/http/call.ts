// Declares what a route gets of a call and what it can answer.
import type { Account } from '../account/account.ts';
import type { Actor } from '../account/actor.ts';
import type { User } from '../account/types.ts';
import type { Apps } from '../apps/create-apps.ts';
import type { Deliveries } from '../webhooks/deliveries.ts';
import type { AppJobs } from './jobs/app-jobs.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Bucket, Limits } from './limits/limits.ts';
import type { UploadReading } from './read-upload.ts';
import type { SearchIndex } from './search/search-index.ts';

/** Makes the absolute address of a path below /api/v2, on the host the caller used. */
export type UrlOf = (path: string) => string;

export interface Call {
  account: Account;
  jobs: Jobs;
  searchIndex: SearchIndex;
  deliveries: Deliveries;
  limits: Limits;
  apps: Apps;
  appJobs: AppJobs;
  /** The file of a multipart body, read only now. */
  upload: (field: string) => Promise<UploadReading>;
  /** The body as it came, read only now; null when it is larger than an attachment may be. */
  bytes: () => Promise<Uint8Array | null>;
  /** Path parameters. */
  params: Readonly<Record<string, string>>;
  /** Query parameters by their literal names, `page[size]` included; repeated ones as `role[]`. */
  query: URLSearchParams;
  body: unknown;
  /** Parameters that were dropped, collected on the way for `X-Zendesk-API-Warn`. */
  ignored: string[];
  headers: Record<'authorization' | 'idempotency-key' | 'content-type', string | undefined>;
  /** Path with the query, as asked, for links to other pages. */
  path: string;
  /** `api/v2` addresses. */
  url: UrlOf;
  caller: Caller;
  /** The caller as the account wants to know it. */
  by: Actor;
}

export interface Caller {
  /** Null: an anonymous user (only `users/me` answers such callers). */
  user: User | null;
  /** Scopes of the OAuth token; 'all' for API tokens. */
  scopes: readonly string[] | 'all';
  tokenId: number | null;
}

export interface Reply {
  status: number;
  /** Undefined: no body. */
  body?: unknown;
  /** Instead of a body of JSON. */
  text?: { type: string; content: string };
  headers?: Readonly<Record<string, string>>;
}

export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v2, in Express' words. */
  path: string;
  /**
   * Which OAuth resource scope opens it besides the global `read` and `write`; 'global' when only those do;
   * 'any' when every valid token does; 'none' when it answers without a login.
   */
  scope: string;
  /** Default: agents and admins. */
  role?: 'admin' | 'anyone';
  /** Narrow limits beyond the account's own. */
  buckets?: (call: Call) => readonly Bucket[];
  handle: (call: Call) => Reply | Promise<Reply>;
}
