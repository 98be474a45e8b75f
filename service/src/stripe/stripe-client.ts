// Makes the official client for an account, at Stripe or at the local Stripe.
import Stripe from 'stripe';

export interface StripeAccess {
  readonly secretKey: string;
  /** Where the API is; null: at Stripe. */
  readonly baseUrl: string | null;
  /** Connected accounts (`acct_...`) that payments are looked for in, beside the key's own. */
  readonly accounts: readonly string[];
  /** Of the webhook endpoint; null: webhooks are refused. */
  readonly webhookSecret: string | null;
}

/** The outbox retries, after it looked up what happened. */
const RETRIES = 0;

/** @param timeoutMs of each call */
export function stripeClient({ secretKey, baseUrl }: StripeAccess, timeoutMs: number): Stripe {
  const at = baseUrl === null ? null : new URL(baseUrl);
  return new Stripe(secretKey, {
    timeout: timeoutMs,
    maxNetworkRetries: RETRIES,
    telemetry: false,
    ...(at === null
      ? {}
      : {
          host: at.hostname,
          port: at.port || (at.protocol === 'http:' ? 80 : 443),
          protocol: at.protocol === 'http:' ? ('http' as const) : ('https' as const),
        }),
  });
}

/** `acct_1/ch_1`: a payment of a connected account; `ch_1`: of the key's own. */
export function splitPaymentId(id: string): { account: string | null; charge: string } {
  const [first = '', second] = id.split('/');
  return second === undefined ? { account: null, charge: first } : { account: first, charge: second };
}

export const joinPaymentId = (account: string | null, charge: string): string =>
  account === null ? charge : `${account}/${charge}`;

/** The account on whose behalf a call is made, as an option of the client's methods. */
export const onBehalf = (account: string | null): { stripeAccount?: string } =>
  account === null ? {} : { stripeAccount: account };
