// Validates the settings of Stripe, and refuses a live key where refunds are only tried.
import { z } from 'zod';
import type { StripeAccess } from '../stripe/stripe-client.ts';

export interface StripeSettings extends StripeAccess {
  /** A key of a sandbox or test mode, which moves no money. */
  readonly isTest: boolean;
}

const text = z.string().optional();
const SECRET_KEY = /^(sk|rk)_(test|live)_\w+$/;

/**
 * Null: payments are not connected.
 * @param isOnThisMachine whether an address leads to this machine: there, http is allowed, and a Zendesk there is a local one
 */
export const stripeSettings = (isOnThisMachine: (url: string) => boolean) =>
  z
    .object({
      STRIPE_SECRET_KEY: text,
      STRIPE_WEBHOOK_SECRET: text,
      STRIPE_BASE_URL: text,
      STRIPE_ACCOUNTS: text,
      ZENDESK_BASE_URL: text,
    })
    .transform((env, context): StripeSettings | null => {
      const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_BASE_URL: baseUrl } = env;
      const accounts = (env.STRIPE_ACCOUNTS ?? '').split(/[\s,]+/).filter((account) => account !== '');
      const zendesk = env.ZENDESK_BASE_URL;
      if (secretKey === undefined) {
        if (webhookSecret !== undefined || baseUrl !== undefined || accounts.length > 0)
          context.addIssue('STRIPE_SECRET_KEY is not set, and other settings of Stripe are; set it, or remove them.');
        return null;
      }
      const [, , mode] = SECRET_KEY.exec(secretKey) ?? [];
      const isLocal = zendesk !== undefined && URL.canParse(zendesk) && isOnThisMachine(zendesk);
      const problems = [
        mode === undefined
          ? 'STRIPE_SECRET_KEY is not a secret or restricted key of Stripe (it should look like rk_live_<key>; Developers > API keys).'
          : null,
        mode === 'live' && isLocal
          ? 'STRIPE_SECRET_KEY is a live key, and the Zendesk is a local one: refunds that are only tried would move money. Use a key of a sandbox (rk_test_<key>).'
          : null,
        mode === 'live' && baseUrl !== undefined
          ? 'STRIPE_SECRET_KEY is a live key, and STRIPE_BASE_URL would send it elsewhere than to Stripe. Remove STRIPE_BASE_URL, or use a test key.'
          : null,
        baseUrl === undefined || isBase(baseUrl, isOnThisMachine)
          ? null
          : 'STRIPE_BASE_URL is not an address that can be used here (it should look like http://127.0.0.1:4601; it is for a local Stripe).',
        webhookSecret === undefined || /^whsec_\w+$/.test(webhookSecret)
          ? null
          : 'STRIPE_WEBHOOK_SECRET is not the signing secret of a webhook endpoint of Stripe (it should look like whsec_<secret>).',
        ...accounts.map((account) =>
          /^acct_\w+$/.test(account)
            ? null
            : `STRIPE_ACCOUNTS names "${account}", which is not the id of a connected account (it should look like acct_1A2B3C).`,
        ),
      ];
      for (const problem of problems) if (problem !== null) context.addIssue(problem);
      return {
        secretKey,
        baseUrl: baseUrl ?? null,
        accounts,
        webhookSecret: webhookSecret ?? null,
        isTest: mode !== 'live',
      };
    });

function isBase(url: string, isOnThisMachine: (url: string) => boolean): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, origin, href } = new URL(url);
  return href === `${origin}/` && (protocol === 'https:' || (protocol === 'http:' && isOnThisMachine(url)));
}
