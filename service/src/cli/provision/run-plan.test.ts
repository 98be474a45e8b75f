import { setTimeout as pause } from 'node:timers/promises';
import { hashPolicy } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { until } from '../../../testing/start-harness.ts';
import { takeToken } from '../../platform/outbox/rate.ts';
import { makePlan } from '../../provision/index.ts';
import {
  aPolicy,
  OWNER,
  type ProvisionFixture,
  startProvisionFixture,
} from '../../provision/testing/provision-fixture.ts';
import { WRITES } from '../../tickets/index.ts';
import { runHistory } from './run-history.ts';
import { type ApplyOptions, runPlan } from './run-plan.ts';
import { applyOn } from './testing/apply-on.ts';

let fixture: ProvisionFixture;
beforeEach(async () => {
  fixture = await startProvisionFixture();
});
afterEach(() => fixture.stop());

const apply = (options: Partial<ApplyOptions> = {}) => applyOn(fixture, options);

test('shows the plan field by field, with its calls, and saves it', async () => {
  const lines: string[] = [];
  const policy = aPolicy();

  const code = await runPlan({
    ...fixture.deps,
    policy: { policy, hash: hashPolicy(policy), guidance: fixture.guidance },
    file: null,
    json: false,
    out: (line) => lines.push(line),
  });

  expect(code).toBe(0);
  expect(lines.join('\n')).toContain(`  ~ change view "All open" [view/All open]
      group_by: assignee -> none
      sort_order: desc -> asc`);
  expect(lines.join('\n')).toContain('        + "Refunds" (category__refunds)');
  expect(lines.join('\n')).toContain('5 to create, 1 to change, 0 to remove. 12 API calls, about 1 minute.');
});

test('an apply without a reason is refused before anything is planned', async () => {
  const make = () => Promise.reject(new Error('planned'));
  await expect(apply({ reason: ' ', make })).rejects.toThrow('Say why');
});

test('asks first, does nothing after a no, and tells each step and what was done after a yes', async () => {
  expect(await apply({ ask: async () => false })).toMatchObject({
    code: 1,
    text: expect.stringContaining('Nothing was done.'),
  });

  const { code, text } = await apply();

  expect(code).toBe(0);
  expect(text).toContain('[1/6] create First line');
  expect(text).toContain('Done: apply 1, 6 steps.');
  const history: string[] = [];
  await runHistory({ db: fixture.database.db, json: false, out: (line) => history.push(line) });
  expect(history[0]).toMatch(/^Times are those of /);
  expect(history.join('\n')).toMatch(/^1  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d  apply, done/m);
  expect(history.join('\n')).toContain('apply, done: 6 of 6 steps, by ana@desk\n    spring clean');
  expect(await apply()).toEqual({ code: 0, text: 'Nothing to do: the account has what the policy wants.' });
});

test('tells a wait that is worth telling, and not the short ones between steps', async () => {
  const { db } = fixture.deps;
  const refill = () => db.execute(sql`DELETE FROM write_budget`);
  const withoutBudget = async (perMinute: number) => {
    await refill();
    await takeToken(db, WRITES, perMinute, { burst: 1 });
    return apply({ perMinute: () => perMinute, pause: refill });
  };
  expect((await withoutBudget(30)).text).not.toContain('waiting');

  const { groups } = fixture.zendesk.account;
  for (const { id, name } of groups.list()) if (name.endsWith('line')) groups.delete(id, OWNER);
  expect((await withoutBudget(1)).text).toMatch(/ {2}waiting \d+ s: the write budget is used up/);
});

test('exits with 2 when Zendesk takes the login away in the middle, and says how to go on', async () => {
  const { users, oauth } = fixture.zendesk.account;
  const userId = oauth.findClient('deskwright')!.user_id;
  const create = fixture.deps.objects.create.bind(fixture.deps.objects);
  fixture.deps.objects.create = async (kind, body) => {
    if (kind === 'webhook') users.update(userId, { suspended: true }, OWNER);
    return create(kind, body);
  };

  const { code, text } = await apply();

  expect(code).toBe(2);
  expect(text).toContain('Stopped after 5 of 6 steps (apply 1), at the create of the webhook "Deskwright"');
  expect(text).toContain('Continue with: deskwright apply --reason "..."');
  users.update(userId, { suspended: false }, OWNER);
  fixture.deps.objects.create = create;
  expect(await apply()).toMatchObject({ code: 0, text: expect.stringContaining('1 to create, 0 to change') });
});

test('two at once: the second is told who runs, waits, and finds nothing left to do', async () => {
  let answer: (yes: boolean) => void = () => undefined;
  const asked = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  let isAsked = false;
  const first = apply({
    ask: () => {
      isAsked = true;
      return asked;
    },
  });
  await until('the first asks', () => isAsked);
  const said: string[] = [];
  const second = apply({ err: (line) => said.push(line), pause: (ms) => pause(Math.min(ms, 20)) });
  await until('the second is told', () => said.length > 0);
  answer(true);

  expect(await first).toMatchObject({ code: 0 });
  expect(await second).toMatchObject({ code: 0, text: expect.stringContaining('Nothing to do') });
  expect(said[0]).toBe('Waiting for another command.');
  expect((await makePlan(fixture.deps, { policy: aPolicy(), hash: 'h', guidance: fixture.guidance })).steps).toEqual(
    [],
  );
});
