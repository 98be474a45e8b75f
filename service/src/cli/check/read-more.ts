// Reads what `check` compares a policy with: past tickets that are cached, and the account.
import type { Policy, TicketFacts } from '@deskwright/shared';
import { checkAgainstAccount } from '../../from-account/index.ts';
import type { CountPastTickets, MoreInput } from '../../lint/index.ts';
import { openCache, ticketsOf } from '../../past-tickets/index.ts';
import type { ZendeskLimits } from '../../zendesk/limits.ts';
import { zendeskFrom } from '../open-account.ts';
import { folderOf } from '../open-past-tickets.ts';

/** As many are read within a few seconds. */
const MOST_PAST = 20_000;

/**
 * @param readsAccount whether Zendesk is asked
 * @throws Error that says where reading stopped, or what is missing in the environment
 */
export async function readMore(
  env: NodeJS.ProcessEnv,
  { readsAccount, limits }: { readsAccount: boolean; limits?: Partial<ZendeskLimits> },
): Promise<(policy: Policy) => MoreInput> {
  const countPast = await countCached(env);
  const past = countPast && { countPast };
  if (!readsAccount) return () => ({ ...past });
  const zendesk = zendeskFrom(env, limits);
  const [setup, staff] = [await zendesk.readSetup(), await zendesk.readStaff()];
  return (policy) => {
    const { findings, closedAfterHours } = checkAgainstAccount(policy, setup, staff);
    return { ...past, more: findings, closedAfterHours };
  };
}

/** Undefined: nothing of the account is cached. */
async function countCached(env: NodeJS.ProcessEnv): Promise<CountPastTickets | undefined> {
  const folder = folderOf(env);
  // `backtest` removes what has been cached too long.
  const cached = folder === null ? null : await openCache(folder, { limit: MOST_PAST });
  if (cached === null) return undefined;
  const facts: TicketFacts[] = [];
  for await (const chunk of cached.chunks)
    for (const ticket of ticketsOf(chunk)) if (!('problem' in ticket)) facts.push(ticket.facts);
  return (matches) => facts.filter(matches).length;
}
