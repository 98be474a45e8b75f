// Declares what the dashboard's sections are computed from.

import type { Directory } from '../directory/directory.ts';
import type { Database } from '../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import type { Choices } from './api/dashboard-query.ts';

export interface SectionDeps {
  readonly db: Database;
  readonly policy: { readonly current: () => PolicyWithGuidance };
  /** Null: the account's names are not loaded yet. */
  readonly directory: { readonly current: () => Directory | null };
  readonly choices: () => Promise<Choices>;
  readonly ticketUrl: (id: number) => string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}
