import { ZendeskError } from '../../zendesk/zendesk.ts';
import { createAppKey } from './app-key.ts';
import { ACCOUNT, aKeyPair, NOW_S, signToken, theClaims } from './testing/an-agent.ts';
import { verifySignedToken } from './verify-signed-token.ts';

const zendesks = aKeyPair();
const strangers = aKeyPair();

/** A verifier that reads the key of app 3 from what `answers` says; the test moves the clock. */
function aVerifier(given: string | null, answers: () => string = () => zendesks.pem) {
  let now = NOW_S * 1000;
  let reads = 0;
  const appKey = createAppKey({
    given,
    appId: given ? null : 3,
    readAppKey: async () => {
      reads += 1;
      return answers();
    },
    clock: () => now,
    maxWaitMs: 120_000,
  });
  return {
    verify: (token: string | null) => verifySignedToken({ appKey, accountUrl: ACCOUNT, clock: () => now }, token),
    wait: (ms: number) => (now += ms),
    reads: () => reads,
  };
}

const verify = (token: string | null) => aVerifier(zendesks.pem).verify(token);
const unsigned = (header: object) =>
  `${[header, theClaims()].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
const invalid = { kind: 'refused', reason: 'invalid' };
const expired = { kind: 'refused', reason: 'expired' };

describe('a token signed by Zendesk', () => {
  test.each([`${ACCOUNT}/api/v2/users/7.json`, `${ACCOUNT}/api/v2/users/7`, '7'])(
    'names the user, as %s',
    async (sub) => {
      expect(await verify(await signToken(zendesks.privateKey, { sub }))).toEqual({ kind: 'user', userId: 7 });
    },
  );

  test('may be off by half a minute', async () => {
    const early = { iat: NOW_S + 29, exp: NOW_S + 329 };
    const late = { iat: NOW_S - 329, exp: NOW_S - 29 };
    for (const claims of [early, late])
      expect(await verify(await signToken(zendesks.privateKey, claims))).toMatchObject({ kind: 'user' });
  });

  test.each([
    ['has expired', { iat: NOW_S - 400, exp: NOW_S - 31 }, expired],
    ['claims to live for a day, and is older than an hour', { iat: NOW_S - 4_000, exp: NOW_S + 80_000 }, expired],
    ['was signed in the future', { iat: NOW_S + 60, exp: NOW_S + 360 }, invalid],
    ['is of another account', { iss: 'evil.zendesk.com' }, invalid],
    ['is for another account', { aud: 'https://evil.zendesk.com/api/v2/apps/installations/31.json' }, invalid],
    [
      'is for an account whose name begins like ours',
      { aud: `${ACCOUNT}.evil.test/api/v2/apps/installations/31.json` },
      invalid,
    ],
    ['is for no installation', { aud: `${ACCOUNT}/api/v2/apps/installations/x.json` }, invalid],
    [
      'is for several audiences',
      { aud: [`${ACCOUNT}/api/v2/apps/installations/31.json`, 'https://evil.test'] },
      invalid,
    ],
    ['names a user of another account', { sub: 'https://evil.zendesk.com/api/v2/users/7.json' }, invalid],
    ['names no user', { sub: 'lena' }, invalid],
    ['names user 0', { sub: '0' }, invalid],
    ['lacks iss', { iss: undefined }, invalid],
    ['lacks aud', { aud: undefined }, invalid],
    ['lacks sub', { sub: undefined }, invalid],
    ['lacks iat', { iat: undefined }, invalid],
    ['lacks exp', { exp: undefined }, invalid],
  ])('is refused when it %s', async (_why, claims, answer) => {
    expect(await verify(await signToken(zendesks.privateKey, claims as never))).toEqual(answer);
  });
});

describe('a token not signed by Zendesk', () => {
  test('is refused when signed with another key', async () => {
    expect(await verify(await signToken(strangers.privateKey))).toEqual(invalid);
  });

  test('is refused when signed with the public key as a shared secret', async () => {
    const token = await signToken(Buffer.from(zendesks.pem), {}, { alg: 'HS256' });
    expect(await verify(token)).toEqual(invalid);
  });

  test.each(['none', 'None', 'HS256', 'RS512', 'PS256'])(
    'is refused without a signature and with alg %s',
    async (alg) => {
      expect(await verify(unsigned({ alg, typ: 'JWT' }))).toEqual(invalid);
    },
  );

  test('is refused when its header contains a key', async () => {
    const token = unsigned({ alg: 'RS256', jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, jku: 'https://evil.test/keys' });
    expect(await verify(`${token}AAAA`)).toEqual(invalid);
  });

  test('is refused when its claims were changed afterwards', async () => {
    const [head, , signature] = (await signToken(zendesks.privateKey)).split('.');
    const claims = Buffer.from(JSON.stringify(theClaims({ sub: '1' }))).toString('base64url');
    expect(await verify([head, claims, signature].join('.'))).toEqual(invalid);
  });

  test.each(['x', 'a.b.c', '....', '💥'])('is refused as %s', async (token) => {
    expect(await verify(token)).toEqual(invalid);
  });

  test.each([null, ''])('is missing as %j', async (token) => {
    expect(await verify(token)).toEqual({ kind: 'refused', reason: 'missing' });
  });
});

describe('the key', () => {
  test('is fetched once for any number of waiting requests, and kept for an hour', async () => {
    const verifier = aVerifier(null);
    const token = await signToken(zendesks.privateKey);
    const answers = await Promise.all([verifier.verify(token), verifier.verify(token), verifier.verify(token)]);
    expect(answers).toEqual(Array.from({ length: 3 }, () => ({ kind: 'user', userId: 7 })));
    verifier.wait(120_000);
    await verifier.verify(token);
    expect(verifier.reads()).toBe(1);
    verifier.wait(3_600_000);
    await verifier.verify(token);
    expect(verifier.reads()).toBe(2);
  });

  test('is fetched again when a signature does not match, because Zendesk may have rotated it', async () => {
    let pem = strangers.pem;
    const verifier = aVerifier(null, () => pem);
    await verifier.verify(await signToken(strangers.privateKey));
    pem = zendesks.pem;
    verifier.wait(61_000);
    expect(await verifier.verify(await signToken(zendesks.privateKey))).toEqual({ kind: 'user', userId: 7 });
    expect(await verifier.verify(await signToken(strangers.privateKey))).toEqual(invalid);
  });

  test('is fetched at most once a minute for invalid tokens', async () => {
    const verifier = aVerifier(null);
    const forged = await signToken(strangers.privateKey);
    await Promise.all(Array.from({ length: 20 }, () => verifier.verify(forged)));
    expect(verifier.reads()).toBe(1);
    verifier.wait(61_000);
    await Promise.all(Array.from({ length: 20 }, () => verifier.verify(forged)));
    await verifier.verify(forged);
    expect(verifier.reads()).toBe(2);
  });

  test('is used while Zendesk is unavailable', async () => {
    let away = false;
    const verifier = aVerifier(null, () => {
      if (away) throw new ZendeskError('unavailable', 'away', 503);
      return zendesks.pem;
    });
    await verifier.verify(await signToken(zendesks.privateKey));
    away = true;
    verifier.wait(2 * 3_600_000);
    const now = NOW_S + 7_200;
    const token = await signToken(zendesks.privateKey, { iat: now, exp: now + 300 });
    expect(await verifier.verify(token)).toEqual({ kind: 'user', userId: 7 });
  });

  test('is unavailable while Zendesk is unavailable from the start', async () => {
    const verifier = aVerifier(null, () => {
      throw new ZendeskError('unavailable', 'away', 503);
    });
    expect(await verifier.verify(await signToken(zendesks.privateKey))).toEqual({ kind: 'unavailable' });
  });

  test.each([
    ['unavailable', 503],
    ['not_found', 404],
  ] as const)('that is %s is not requested for every token', async (kind, status) => {
    let refused = true;
    const verifier = aVerifier(null, () => {
      if (refused) throw new ZendeskError(kind, 'no', status);
      return zendesks.pem;
    });
    const token = await signToken(zendesks.privateKey);
    const answers = [await verifier.verify(token), await verifier.verify('x'), await verifier.verify(token)];
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(verifier.reads()).toBe(1);
    refused = false;
    verifier.wait(2_000);
    expect(await verifier.verify(token)).toEqual({ kind: 'user', userId: 7 });
  });

  test.each([
    ['not_found', 404, 'check ZENDESK_APP_ID'],
    ['forbidden', 403, 'must be an admin'],
  ] as const)('that Zendesk refuses as %s needs the operator', async (kind, status, words) => {
    const verifier = aVerifier(null, () => {
      throw new ZendeskError(kind, 'no', status);
    });
    expect(await verifier.verify(await signToken(zendesks.privateKey))).toEqual({
      kind: 'no_key',
      message: expect.stringContaining(words),
    });
  });

  test('without an app id is missing, and the message says what to set', async () => {
    const appKey = createAppKey({ given: null, appId: null, readAppKey: async () => '', clock: () => 0 });
    const answer = await verifySignedToken({ appKey, accountUrl: ACCOUNT, clock: () => 0 }, 'x');
    expect(answer).toEqual({ kind: 'no_key', message: expect.stringContaining('ZENDESK_APP_ID') });
  });
});
