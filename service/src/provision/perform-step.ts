// Makes the calls of one step.
import { MESSAGE_ADDED } from '../tickets/index.ts';
import type { AccountObjects, RawObject } from '../zendesk/account-objects.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { bodyOf } from './kinds.ts';
import { type Calls, StoppedError } from './patient-calls.ts';
import type { Step, Values } from './plan.ts';
import { findLostChange } from './view-order.ts';

interface Performed {
  /** The object as Zendesk returns it now; null: it is gone. */
  after: RawObject | null;
  /** What the account does not allow otherwise. */
  ignored?: Values;
  /** Zendesk's refusal to send messages of messaging tickets. */
  messagingRefused?: string;
}

interface Doing {
  objects: Pick<AccountObjects, 'create' | 'update' | 'show' | 'remove'>;
  calls: Calls;
}

/**
 * Throws `ZendeskError`: `unavailable` if the change may have been made. Throws `StoppedError` when Zendesk accepted the change of a view and
 * did not make it.
 */
export async function perform(
  { objects, calls }: Doing,
  step: Pick<Step, 'action' | 'kind' | 'zendeskId' | 'to'>,
  before: RawObject | null,
): Promise<Performed> {
  const { action, kind, zendeskId } = step;
  switch (action) {
    case 'record':
    case 'release':
      return { after: before };
    case 'remove':
      if (zendeskId !== null) await calls.write(() => objects.remove(kind, zendeskId));
      return { after: null };
    case 'create':
      return withOrWithoutMessaging(step.to, (to) => calls.write(() => objects.create(kind, bodyOf(kind, to, null))));
    case 'change':
      return withOrWithoutMessaging(step.to, async (to) => {
        const id = zendeskId ?? '';
        const answer = await calls.write(() => objects.update(kind, id, bodyOf(kind, to, before)));
        const after = await calls.read(() => objects.show(kind, id)).catch((error: unknown) => unread(error, answer));
        const lost = kind === 'view' && before && after ? findLostChange(before, to, after) : null;
        if (lost !== null)
          throw new StoppedError(`Zendesk accepted our change of it, but afterwards ${lost}. Check it in Zendesk.`);
        return after;
      });
    default:
      return action satisfies never;
  }
}

/** The change was accepted: if it cannot be read back now, the answer to the change says what it is. */
function unread(error: unknown, answer: RawObject | null): RawObject {
  if (!(error instanceof ZendeskError)) throw error;
  if (answer) return answer;
  throw new ZendeskError(
    'unavailable',
    `the change was accepted and could not be read back (${error.message})`,
    error.status,
  );
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
