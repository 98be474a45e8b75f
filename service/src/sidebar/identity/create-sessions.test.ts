import { SignJWT } from 'jose';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { createSessions, readSessionSecret } from './create-sessions.ts';
import { ACCOUNT, anAgent } from './testing/an-agent.ts';

const HOUR = 3_600_000;
const SECRET = Buffer.alloc(32, 1);

function someSessions(secret: Uint8Array = SECRET, accountUrl = ACCOUNT) {
  let now = Date.UTC(2026, 10, 26, 9);
  const sessions = createSessions({ readSecret: async () => secret, accountUrl, clock: () => now });
  return { sessions, wait: (ms: number) => (now += ms), now: () => now };
}

test('an access token is valid for five minutes, the renewal for twelve hours from the sign-in', async () => {
  const { sessions, wait, now } = someSessions();
  const session = await sessions.open(anAgent({ id: 7, name: 'Lena', locale: 'de' }));
  expect(session.agent).toEqual({ id: 7, name: 'Lena', locale: 'de' });
  expect(Date.parse(session.accessExpiresAt) - now()).toBe(300_000);
  expect(await sessions.readAccess(session.accessToken)).toEqual({
    kind: 'agent',
    agentId: 7,
    expiresAt: now() + 300_000,
  });

  wait(300_000);
  expect(await sessions.readAccess(session.accessToken)).toEqual({ kind: 'refused', reason: 'expired' });
  expect(await sessions.readRenewal(session.renewal)).toMatchObject({ agentId: 7 });
  wait(12 * HOUR - 300_000);
  expect(await sessions.readRenewal(session.renewal)).toEqual({ kind: 'refused', reason: 'expired' });
});

test('renewing does not extend the sign-in', async () => {
  const { sessions, wait } = someSessions();
  const first = await sessions.open(anAgent());
  wait(11 * HOUR);
  const second = await sessions.renew(anAgent(), first.renewal);
  expect(await sessions.readAccess(second.accessToken)).toMatchObject({ kind: 'agent' });
  wait(HOUR);
  expect(await sessions.readRenewal(second.renewal)).toMatchObject({ reason: 'expired' });
});

test('one kind of token cannot be used as the other', async () => {
  const { sessions } = someSessions();
  const { accessToken, renewal } = await sessions.open(anAgent());
  const invalid = { kind: 'refused', reason: 'invalid' };
  expect([await sessions.readAccess(renewal), await sessions.readRenewal(accessToken)]).toEqual([invalid, invalid]);
});

test('tokens of another secret, another account, without algorithm or with a stolen header are refused', async () => {
  const { sessions, now } = someSessions();
  const others = await someSessions(Buffer.alloc(32, 2)).sessions.open(anAgent());
  const elsewhere = await someSessions(SECRET, 'https://other.zendesk.com').sessions.open(anAgent());
  const plain = await new SignJWT({ sub: '7', exp: now() / 1000 + 60 })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(SECRET);
  const none = `${Buffer.from('{"alg":"none","typ":"deskwright-access+jwt"}').toString('base64url')}.${plain.split('.')[1]}.`;
  for (const token of [others.accessToken, elsewhere.accessToken, plain, none, 'x', ''])
    expect(await sessions.readAccess(token)).toEqual({ kind: 'refused', reason: 'invalid' });
});

test('reading the secret is retried after a failure', async () => {
  const answers = [() => Promise.reject(new Error('away')), async () => SECRET];
  const sessions = createSessions({ readSecret: () => answers.shift()!(), accountUrl: ACCOUNT, clock: Date.now });
  await expect(sessions.open(anAgent())).rejects.toThrow('away');
  await expect(sessions.open(anAgent())).resolves.toMatchObject({ accessToken: expect.any(String) });
});

describe('the secret', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test('is created once, even when many processes start at the same moment', async () => {
    const secrets = await Promise.all(Array.from({ length: 10 }, () => readSessionSecret(database.db)));
    expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
    expect(secrets[0]).toHaveLength(32);
    expect(await readSessionSecret(database.db)).toEqual(secrets[0]);
  });
});
