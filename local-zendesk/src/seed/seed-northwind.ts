// Sets up the account "Northwind Outdoor".
import type { Account } from '../account/account.ts';
import type { Random } from '../random.ts';
import { drawCustomers } from './draw-customers.ts';
import type { MessageRow } from './read-messages-file.ts';
import { type Labels, seedBacklog } from './seed-backlog.ts';
import { seedDepartments, seedIntegration, seedPeople, seedRoles } from './seed-people.ts';
import { seedFields, seedMacros, seedTriggers, seedViews } from './seed-rules.ts';
import { seedServiceLevels } from './seed-service-levels.ts';
import { seedSkips } from './seed-skips.ts';

const DAY = 86_400_000;

export interface NorthwindOptions {
  random: Random;
  /** Open tickets; about one in twenty more are solved ones of the last week. */
  backlog: number;
  rows?: readonly MessageRow[] | undefined;
}

/** Fills a fresh account; the same random numbers and time give the same account. */
export function seedNorthwind(account: Account, options: NorthwindOptions): Labels {
  const { random, backlog, rows } = options;
  const now = account.clock.now();
  const founded = now - 400 * DAY;
  const people = seedPeople(account, founded);
  seedIntegration(account, founded);
  seedDepartments(account, founded);
  seedRoles(account, founded);
  const fields = seedFields(account, founded);
  seedViews(account, people, founded);
  seedTriggers(account, people, founded);
  seedMacros(account, founded);
  seedServiceLevels(account, founded);
  const open = rows?.length ?? backlog;
  const customers = drawCustomers(Math.max(20, Math.ceil(open * 0.6)), random);
  const solved = Math.round(backlog / 20);
  const labels = seedBacklog({ account, people, fields, customers, random, now, open, solved, rows });
  seedSkips(account, people.staff, random, now);
  return labels;
}
