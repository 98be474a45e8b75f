// Reads the names in Zendesk that conditions of a campaign use and that Deskwright does not store.
import type { Policy } from '@deskwright/shared';
import type { Database } from '../../platform/storage/database.ts';
import { type NameOf, namesOfCohort } from '../../surveys/index.ts';
import { openAccount } from '../open-account.ts';

/**
 * As they are now. Zendesk is asked only if the conditions of NPS use one.
 * @throws Error with what to do when the account is not set, ZendeskError when it does not answer
 */
export async function readCohortNames(db: Database, policy: Policy, env: NodeJS.ProcessEnv): Promise<NameOf> {
  const kinds = namesOfCohort(policy);
  if (kinds.length === 0) return () => null;
  const { asService } = await openAccount(db, env);
  const names = new Map<string, string>();
  for (const kind of kinds)
    for (const { id, name } of await asService.listNames(kind)) names.set(`${kind}:${id}`, name);
  return (kind, id) => names.get(`${kind}:${id}`) ?? null;
}
