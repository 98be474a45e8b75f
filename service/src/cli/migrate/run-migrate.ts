// `deskwright migrate`: brings the database up to this version as the role that owns it, and gives the service's role its rights.
import { migrate } from '../../platform/storage/database.ts';
import { grantBooks } from './grant-books.ts';

interface MigrateOptions {
  /** `DATABASE_OWNER_URL`. Unset: there is one role, which the service also applies migrations with. */
  readonly ownerUrl: string | undefined;
  /** `DATABASE_URL`: names the role that the service runs with. */
  readonly serviceUrl: string | undefined;
  readonly json: boolean;
  readonly out: (line: string) => void;
}

/** @returns the exit code 0. @throws Error with what is missing, or what PostgreSQL refused */
export async function runMigrate({ ownerUrl, serviceUrl, json, out }: MigrateOptions): Promise<0> {
  if (!serviceUrl) throw new Error('DATABASE_URL is not set: there is no database to bring up to this version.');
  const service = roleAt(serviceUrl);
  const owner = ownerUrl ? roleAt(ownerUrl) : service;
  if (ownerUrl && owner.user === service.user)
    throw new Error('DATABASE_OWNER_URL and DATABASE_URL name the same role: the service needs one of its own.');
  if (owner.place !== service.place)
    throw new Error(`DATABASE_OWNER_URL is ${owner.place}, and DATABASE_URL ${service.place}: name one database.`);
  await migrate(ownerUrl || serviceUrl);
  if (ownerUrl) await grantBooks(ownerUrl, service.user);
  if (json) out(JSON.stringify({ owner: owner.user, service: service.user }));
  else
    out(
      owner.user === service.user
        ? `The database is up to date. Role ${service.user} owns it, books of refunds included.`
        : `The database is up to date. Role ${owner.user} owns the books of refunds; role ${service.user} can only add to them.`,
    );
  return 0;
}

function roleAt(url: string): { user: string; place: string } {
  const { username, hostname, port, pathname } = new URL(url);
  return { user: decodeURIComponent(username), place: `${pathname.slice(1)} at ${hostname}:${port || '5432'}` };
}
