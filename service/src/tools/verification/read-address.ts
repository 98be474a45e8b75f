// Reads where a code may go: the customer's address in Zendesk, unless somebody changed it a short time ago.
import { addDuration, type Policy, toBusinessCalendar } from '@deskwright/shared';
import { type Refused, refuse } from '../../sidebar/index.ts';
import { MAX_WAIT_MS, withTimeLimit } from '../../zendesk/with-time-limit.ts';
import { type UserAddress, type Zendesk, ZendeskError } from '../../zendesk/zendesk.ts';

/** Asked anew each time, as a copy may be older than the change. `unknown`: Zendesk does not say. Null: it has none. */
export async function readAddress(
  zendesk: Pick<Zendesk, 'showAddress'>,
  userId: number,
): Promise<UserAddress | 'unknown' | null> {
  try {
    const answer = zendesk.showAddress(userId).then((address) => ({ address }));
    const inTime = await withTimeLimit(answer, MAX_WAIT_MS);
    return inTime === null ? 'unknown' : inTime.address;
  } catch (error) {
    if (error instanceof ZendeskError) return 'unknown';
    throw error;
  }
}

/** Whoever changed it, the customer or an agent: Zendesk does not say. Null: a code may go there. */
export function whyNotSent({ changedAt }: UserAddress, policy: Policy, now: Date): Refused | null {
  const code = policy.verification?.code;
  if (changedAt === null || code === undefined) return null;
  const until = new Date(addDuration(Date.parse(changedAt), code.address_unchanged_for, toBusinessCalendar(policy)));
  if (until <= now) return null;
  const when = `${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return refuse(
    'address_changed',
    `The customer's address was changed in Zendesk lately. A code can go there from ${when} on.`,
    {
      until: until.toISOString(),
    },
  );
}
