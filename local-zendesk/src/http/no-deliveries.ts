// An empty delivery log, for where no webhooks are sent.
import type { Deliveries } from '../webhooks/deliveries.ts';

/** For an API without a webhook sender: an empty log, and test deliveries that are not sent. */
export const NO_DELIVERIES: Deliveries = {
  invocations: () => [],
  attempts: () => null,
  test: async () => ({ status_code: 0, headers: [], payload: 'Failed: no webhook sender' }),
};
