import type { UnknownName } from '../policy/find-unknown-names.ts';
import { ZendeskError, type ZendeskUser } from '../zendesk/zendesk.ts';
import { readinessChecks } from './readiness.ts';

const ME: ZendeskUser = { id: 1, name: 'Deskwright', email: null, role: 'admin', suspended: false, locale: null };

/** Checks against a Zendesk that answers with `me`, and a clock that the test sets. */
function checksWith(me: () => Promise<ZendeskUser>, unknownNames: UnknownName[] = []) {
  let now = 0;
  let calls = 0;
  const checks = readinessChecks({
    db: { $client: { query: async () => undefined } } as never,
    postgres: { trouble: () => null, lowDiskWarning: async () => null },
    queue: { isHealthy: async () => true },
    zendesk: {
      me: () => {
        calls += 1;
        return me();
      },
    },
    policyStore: { status: () => ({ ok: true, problems: [] }) as never },
    unknownNames: () => unknownNames,
    workers: null,
    metrics: { gauge: () => undefined },
    clock: () => now,
    maxWaitMs: 20,
  });
  return {
    ask: () => checks.zendesk!(),
    wait: (ms: number) => (now += ms),
    calls: () => calls,
    names: () => checks.names!(),
  };
}

const never = () => new Promise<ZendeskUser>(() => undefined);

test('a login that worked is not checked again within a minute', async () => {
  const { ask, calls } = checksWith(async () => ME);

  expect([await ask(), await ask()]).toEqual([{ ok: true }, { ok: true }]);
  expect(calls()).toBe(1);
});

test('a Zendesk that has never accepted our login is not ready', async () => {
  const refused = async () => {
    throw new ZendeskError('forbidden', 'GET users/me answered 401', 401);
  };

  expect(await checksWith(refused).ask()).toEqual({ ok: false, message: 'GET users/me answered 401' });
});

test('a Zendesk that stops answering after a successful login is a warning within the time limit: webhooks must still be received', async () => {
  const answers = [async () => ME, never, never];
  const { ask, wait, calls } = checksWith(() => (answers.shift() ?? never)());
  await ask();
  wait(61_000);

  expect([await ask(), await ask()]).toEqual([
    { ok: true, warning: 'Zendesk has not answered yet' },
    { ok: true, warning: 'Zendesk has not answered yet' },
  ]);
  expect(calls()).toBe(2);
});

test('a Zendesk that never answers is not ready', async () => {
  expect(await checksWith(never).ask()).toEqual({ ok: false, message: 'Zendesk has not answered yet' });
});

test('names in the policy that are missing in Zendesk are a warning: work continues without them', async () => {
  expect(await checksWith(never).names()).toEqual({ ok: true });

  const unknown: UnknownName[] = [
    {
      place: 'policy.yaml line 8',
      by: 'tier t1',
      kind: 'group',
      name: 'Suport',
      didYouMean: 'Support',
      effect: 'its tickets stay',
    },
    {
      place: 'policy.yaml line 90',
      by: 'approve_above_limit',
      kind: 'agent',
      name: 'x@y.test',
      didYouMean: null,
      effect: 'nobody can',
    },
  ];
  expect(await checksWith(never, unknown).names()).toEqual({
    ok: true,
    warning:
      'policy.yaml line 8, tier t1: Zendesk has no group "Suport". Did you mean "Support"? Until then its tickets stay; policy.yaml line 90, approve_above_limit: no agent in Zendesk has the address "x@y.test". Until then nobody can',
  });
});
