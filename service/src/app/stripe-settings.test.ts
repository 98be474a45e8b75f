import { z } from 'zod';
import { stripeSettings } from './stripe-settings.ts';

const read = (env: Record<string, string>) =>
  stripeSettings((url) => new URL(url).hostname === '127.0.0.1').safeParse(env);
const problems = (env: Record<string, string>) => read(env).error?.issues.map(({ message }) => message) ?? [];

test('a key alone connects Stripe, and nothing of it is null', () => {
  expect(read({}).data).toBeNull();
  expect(read({ STRIPE_SECRET_KEY: 'rk_live_1', STRIPE_ACCOUNTS: 'acct_1, acct_2' }).data).toEqual({
    secretKey: 'rk_live_1',
    baseUrl: null,
    accounts: ['acct_1', 'acct_2'],
    webhookSecret: null,
    isTest: false,
  });
});

const LIVE = { STRIPE_SECRET_KEY: 'sk_live_1' };
test.each([
  ['a key of another kind', { STRIPE_SECRET_KEY: 'pk_live_1' }, 'not a secret or restricted key'],
  ['a live key with a local Zendesk', { ...LIVE, ZENDESK_BASE_URL: 'http://127.0.0.1:4601' }, 'would move money'],
  ['a live key for a stand-in', { ...LIVE, STRIPE_BASE_URL: 'http://127.0.0.1:4601' }, 'elsewhere than to Stripe'],
  [
    'a stand-in over http elsewhere',
    { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_BASE_URL: 'http://10.0.0.1' },
    'STRIPE_BASE_URL',
  ],
  ['a secret that is none', { ...LIVE, STRIPE_WEBHOOK_SECRET: 'secret' }, 'STRIPE_WEBHOOK_SECRET'],
  ['an account that is none', { ...LIVE, STRIPE_ACCOUNTS: 'shop' }, 'names "shop"'],
  ['a webhook secret without a key', { STRIPE_WEBHOOK_SECRET: 'whsec_1' }, 'STRIPE_SECRET_KEY is not set'],
])('refuses %s, and never shows the key', (_what, env, said) => {
  expect(problems(env)).toEqual([expect.stringContaining(said)]);
  expect(z.array(z.string()).parse(problems(env)).join(' ')).not.toMatch(/[spr]k_live_1|sk_test_1/);
});
