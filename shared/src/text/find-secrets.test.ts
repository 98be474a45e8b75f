import { findSecrets } from './find-secrets.ts';

// Written in two parts, so that scanners of this repository do not find them.
const made = (...parts: string[]): string => parts.join('');

describe('secrets in a text', () => {
  it.each([
    ['a Stripe key', made('sk_', 'live_4eC39HqLyjWDarjtT1zdp7dc')],
    ['a Slack token', made('xox', 'b-123456789012-abcdefABCDEF')],
    ['a GitHub token', made('gh', 'p_16C7e42F292c6912E7710c838347Ae178B4a')],
    ['an AWS key', made('AKIA', 'IOSFODNN7EXAMPLE')],
    ['a signed token (JWT)', made('eyJ', 'hbGciOiJIUzI1NiJ9.eyJ', 'zdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N')],
    ['a private key', made('-----BEGIN RSA ', 'PRIVATE KEY-----')],
    ['an address with a password', made('postgres://', 'app:s3cret@db.internal/support')],
    ['the value of "password"', 'Sign in with password: hunter2Blue'],
    ['the value of "api key"', 'the API key is 8fj2-kd93-aa'],
    ['the value of "token"', '{ token: "a8b7c6d5e4" }'],
  ])('finds %s', (what, text) => {
    expect(findSecrets(`Some words.\n${text}\nMore.`).map((found) => found.what)).toEqual([what]);
  });

  it.each([
    'value: ["password~*", passcode, pwd, "access~ key", "api key"]',
    'title: Forgot the password: reset it with them',
    'password: <your password>',
    'token: ${SLACK_TOKEN}',
    'guidance: guidance/password-2.md',
    'https://northwind.test:8080/secret',
    '- { id: token, name: Token, tier: t1 }',
    'Never ask for the PIN: call back instead',
  ])('takes ordinary text for what it is: %s', (text) => {
    expect(findSecrets(text)).toEqual([]);
  });
});
