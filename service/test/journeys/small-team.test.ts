// The journey of a team of three, with the shipped policy for such a team.
import { readFileSync } from 'node:fs';
import { loadPolicy } from '@deskwright/shared';
import { sendInvitationsJob } from '../../testing/all-jobs.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

const SMALL_TEAM = readFileSync(new URL('../../../config/small-team.yaml', import.meta.url), 'utf8');

test('the policy for a small team has at most 30 lines, no warnings and no hours', () => {
  expect(SMALL_TEAM.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  expect(SMALL_TEAM).not.toContain('business_hours');
  expect(loadPolicy(SMALL_TEAM, 'small-team.yaml')).toMatchObject({ ok: true, warnings: [] });
});

describe('with the local Zendesk', () => {
  let harness: Harness;
  beforeAll(async () => {
    // The local Zendesk has no group "Support".
    harness = await startHarness({ policy: SMALL_TEAM.replace('group: Support }', 'group: Support Tier 1 }') });
  });
  afterAll(() => harness.stop());

  test.each([
    ['I want a refund', 'Please send my money back.', 'refund', 'high'],
    ['Where is it', 'My parcel was to come on Monday.', 'order', 'normal'],
    ['Hello', 'Do you sell gift cards?', 'other', 'normal'],
  ])('%s: a ticket gets its category, its priority and the group', async (subject, text, category, priority) => {
    const id = await customer(harness).opens(subject, text);
    await until('the ticket is tagged', () =>
      harness.zendesk.account.tickets.find(id)?.tags.includes(`category__${category}`),
    );
    const written = harness.zendesk.account.tickets.find(id)!;
    expect(written.tags).toContain('tier__team');
    expect(written.priority ?? 'normal').toBe(priority);
    const group = harness.zendesk.account.groups.list().find(({ name }) => name === 'Support Tier 1');
    expect(written.group_id).toBe(group?.id);
  });

  test('a customer whose ticket is solved is asked how satisfied they are', async () => {
    const address = 'nora@customer.test';
    const id = await customer(harness, address).opens('Broken', 'My lamp is broken.');
    await until('the ticket is tagged', () =>
      harness.zendesk.account.tickets.find(id)?.tags.includes('category__problem'),
    );
    await agent(harness).solves(id);
    const mail = await until('the survey arrives', async () => {
      await harness.queue.enqueue(sendInvitationsJob, {});
      return harness.zendesk.mail.list({ to: address })[0];
    });
    expect(mail.text).toContain('/s/');
  });
});
