// Makes the call of one step.
import { MESSAGE_ADDED } from '../tickets/index.ts';
import type { AccountObjects, RawObject } from '../zendesk/account-objects.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { bodyOf } from './kinds.ts';
import type { Step, Values } from './plan.ts';

interface Performed {
  /** The object as Zendesk returns it now; null: it is gone. */
  after: RawObject | null;
  /** What the account does not allow otherwise. */
  ignored?: Values;
  /** Zendesk's refusal to send messages of messaging tickets. */
  messagingRefused?: string;
}

/** Throws `ZendeskError`. */
export async function perform(
  objects: AccountObjects,
  step: Pick<Step, 'action' | 'kind' | 'zendeskId' | 'to'>,
  before: RawObject | null,
): Promise<Performed> {
  const { action, kind, zendeskId } = step;
  switch (action) {
    case 'record':
    case 'release':
      return { after: before };
    case 'remove':
      if (zendeskId !== null) await objects.remove(kind, zendeskId);
      return { after: null };
    case 'create':
      return withOrWithoutMessaging(step.to, async (to) => objects.create(kind, bodyOf(kind, to, null)));
    case 'change':
      return withOrWithoutMessaging(step.to, async (to) => {
        const id = zendeskId ?? '';
        await objects.update(kind, id, bodyOf(kind, to, before));
        return objects.show(kind, id);
      });
    default:
      return action satisfies never;
  }
}

/**
 * An account without messaging refuses its event, and the webhook gets all the others. How Zendesk refuses an event type is not documented:
 * 400 and 422 are its answers to invalid values. Other refusals are repeated by the second call.
 */
async function withOrWithoutMessaging(
  to: Values,
  write: (to: Values) => Promise<RawObject | null>,
): Promise<Performed> {
  try {
    return { after: await write(to) };
  } catch (error) {
    const wanted = to['subscriptions'];
    const canDo = Array.isArray(wanted) && wanted.includes(MESSAGE_ADDED);
    if (!(error instanceof ZendeskError) || error.kind !== 'rejected' || !canDo) throw error;
    const subscriptions = wanted.filter((type) => type !== MESSAGE_ADDED);
    const after = await write({ ...to, subscriptions });
    return { after, ignored: { subscriptions }, messagingRefused: error.message };
  }
}
