// How does an empty account come into being?
import type { Account } from './account.ts';
import type { Clock } from './actor.ts';

export interface AccountOptions {
  clock: Clock;
  subdomain: string;
  /** Account number in webhook envelopes; default 22129848. */
  id?: number;
  /** Name and address of the first admin, who owns the account; default "Account Owner". */
  owner?: { name: string; email: string };
  /** Bytes for secrets and tokens; default is node:crypto. */
  randomBytes?: (length: number) => Uint8Array;
}

/** A fresh account holds an owner (admin), one brand, the system ticket fields, a form and the five standard statuses. */
export function createAccount(_options: AccountOptions): Account {
  throw new Error('Not built yet.');
}
