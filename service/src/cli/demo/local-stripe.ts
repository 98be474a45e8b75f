// Connects the demo's service with the Stripe of the local Zendesk.

const KEY = 'sk_test_local';

/** The settings of the service. */
export const localStripe = (zendeskUrl: string): NodeJS.ProcessEnv => ({
  STRIPE_SECRET_KEY: KEY,
  STRIPE_WEBHOOK_SECRET: 'whsec_local',
  STRIPE_BASE_URL: zendeskUrl,
  STRIPE_ACCOUNTS: '',
});

/** @param url where the service receives webhooks of Stripe */
export async function addStripeWebhook(zendeskUrl: string, url: string): Promise<void> {
  const answer = await fetch(`${zendeskUrl}/v1/webhook_endpoints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}` },
    body: new URLSearchParams({ url, 'enabled_events[]': '*' }),
  });
  if (!answer.ok) throw new Error(`The local Stripe answered ${answer.status} to a webhook endpoint.`);
}
