// Finds a customer's ids at the provider of payments in their profile.
import type { ZendeskUser } from '../zendesk/zendesk.ts';

/** Of a customer at Stripe: https://docs.stripe.com/api/customers/object#customer_object-id */
const CUSTOMER_ID = /^cus_\w{1,100}$/;
/** Of one profile. */
const MOST = 5;

/** In the external id and in custom fields, each once. */
export function customerIdsOf({
  external_id,
  user_fields,
}: Pick<ZendeskUser, 'external_id' | 'user_fields'>): string[] {
  const found = [external_id, ...Object.values(user_fields ?? {})].flatMap((value) => {
    const text = typeof value === 'string' ? value.trim() : '';
    return CUSTOMER_ID.test(text) ? [text] : [];
  });
  return [...new Set(found)].slice(0, MOST);
}
