import { hashPolicy } from '@deskwright/shared';
import { readMarkdown } from '../../policy/guidance/read-markdown.ts';
import { makeRollbackPlan } from '../../provision/make-rollback-plan.ts';
import {
  aPolicy,
  OWNER,
  type ProvisionFixture,
  startProvisionFixture,
} from '../../provision/testing/provision-fixture.ts';
import type { ObjectKind } from '../../zendesk/account-objects.ts';
import { subscribeWebhook } from '../subscribe-webhook.ts';
import { runDrift } from './run-drift.ts';
import { type ApplyOptions, runPlan } from './run-plan.ts';
import { applyOn } from './testing/apply-on.ts';

let fixture: ProvisionFixture;
beforeEach(async () => {
  fixture = await startProvisionFixture();
  const { guidance } = readMarkdown('## Refund\n\n```reply\nDone.\n```\n');
  fixture.guidance.set('refunds', { ...guidance, title: 'Refunds' });
});
afterEach(() => fixture.stop());

const policy = aPolicy({
  views: [{ title: 'All open' }, { title: 'Unassigned' }],
  zendesk: { macros: 'from_guidance' },
});
const all = () => ({ policy, hash: hashPolicy(policy), guidance: fixture.guidance });
const suspend = (suspended: boolean) => {
  const { users, oauth } = fixture.zendesk.account;
  users.update(oauth.findClient('deskwright')!.user_id, { suspended }, OWNER);
};

type Fault = 429 | 500 | 'timeout' | 'revoked';
const SAID: Record<Fault, RegExp> = {
  429: /answered 429/,
  500: /answered 500/,
  timeout: /timed out/,
  revoked: /answered 401/,
};

/** From the first of these calls on, until `heal`. */
function breakAt(fault: Fault, method: string, path: string): { heal: () => void } {
  const { rest } = fixture.zendesk.faults;
  if (fault !== 'revoked') {
    rest.add({ answer: fault, method, path, retry_after: 90 });
    return {
      heal: () => {
        rest.clear();
        fixture.reconnect();
      },
    };
  }
  const { objects } = fixture.deps;
  const kind = path.split('/')[3]!.replace(/s$/, '') as ObjectKind;
  const whole = { ...objects };
  const before = (asked: ObjectKind): void => {
    if (asked === kind) suspend(true);
  };
  if (method === 'GET') objects.list = async (asked) => (before(asked), whole.list(asked));
  if (method === 'POST') objects.create = async (asked, body) => (before(asked), whole.create(asked, body));
  if (method === 'DELETE') objects.remove = async (asked, id) => (before(asked), whole.remove(asked, id));
  return {
    heal: () => {
      suspend(false);
      fixture.reconnect();
    },
  };
}

const carry = (options: Partial<ApplyOptions> = {}) =>
  applyOn(fixture, { make: () => fixture.plan(policy), ...options });
const rollback = () => carry({ make: () => makeRollbackPlan(fixture.deps, 0), command: 'deskwright rollback 0' });
const plan = () => runPlan({ ...fixture.deps, policy: all(), file: null, json: false, out: () => undefined });
const drift = () => runDrift({ ...fixture.deps, ...all(), json: false, out: () => undefined });
const count = async () => (await fixture.everything()).length;

test.each<Fault>([429, 500, 'timeout', 'revoked'])(
  '%s in the middle: each command says where it stopped and how to go on, and finishes when it is run again',
  async (fault) => {
    const atFirst = await count();
    let broken = breakAt(fault, 'GET', '/api/v2/webhooks');
    await expect(plan()).rejects.toThrow(SAID[fault]);
    await expect(carry()).rejects.toThrow(/while reading the account.*Nothing was written\..*the command again\.$/);
    broken.heal();
    expect([await plan(), await count()]).toEqual([0, atFirst]);

    broken = breakAt(fault, 'POST', '/api/v2/macros');
    const stopped = await carry();
    broken.heal();
    expect([stopped.code, stopped.text]).toEqual([2, expect.stringMatching(SAID[fault])]);
    expect(stopped.text).toMatch(/Stopped after 6 of 8 steps .*, at the create of the macro "Refunds::Refund"/);
    expect(stopped.text).toContain('Continue with: deskwright apply');
    expect(await carry()).toMatchObject({ code: 0, text: expect.stringContaining('2 to create, 0 to change') });
    // Two groups, two fields, a view, a macro, a webhook.
    expect(await count()).toBe(atFirst + 7);
    expect(await carry()).toMatchObject({ code: 0, text: expect.stringMatching(/^Nothing to do/) });

    broken = breakAt(fault, 'GET', '/api/v2/views');
    await expect(drift()).rejects.toThrow(/while reading the account.*Nothing was written/);
    broken.heal();
    expect(await drift()).toBe(0);

    broken = breakAt(fault, 'DELETE', '/api/v2/macros');
    const stuck = await rollback();
    broken.heal();
    expect([stuck.code, stuck.text]).toEqual([2, expect.stringMatching(/at the remove of the macro/)]);
    expect(stuck.text).toContain('Continue with: deskwright rollback 0');
    expect(await rollback()).toMatchObject({ code: 0 });
    expect(await count()).toBe(atFirst);
  },
  60_000,
);

test.each([429, 500] as const)(
  'the webhook alone: %s is told, and running it again makes no second one',
  async (fault) => {
    const { zendesk } = fixture;
    const run = () =>
      subscribeWebhook(zendesk.url, { id: 'deskwright', secret: 'deskwright' }, 'https://d.test/webhooks/zendesk');
    const path = '/api/v2/webhooks/';
    zendesk.faults.rest.add({ answer: fault, method: 'GET', path, retry_after: 90 });
    await expect(run()).rejects.toThrow(/answered .*makes no second webhook/);
    zendesk.faults.rest.clear();

    expect(await run()).toMatchObject({ plan: { step: null } });
    expect(zendesk.account.webhooks.list()).toHaveLength(1);
  },
);
