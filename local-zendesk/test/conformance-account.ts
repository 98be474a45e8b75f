// Builds the account for the conformance test.
import { expectOk } from '../src/account/result.ts';
import type { TestApi } from '../src/http/testing/an-api.ts';

const unsolved = [{ field: 'status', operator: 'less_than', value: 'solved' }];

/** An account with one of everything, so that no list is empty. */
export function buildConformanceAccount({
  account,
  admin,
  agent,
  customer,
  byAgent,
  byCustomer,
  aTicket,
  clock,
}: TestApi) {
  const by = { id: admin.id };
  const options = [{ name: 'Refund', value: 'category__refund' }];
  const field = expectOk(
    account.ticketFields.create({ type: 'tagger', title: 'Category', custom_field_options: options }, by),
  );
  const organization = expectOk(account.organizations.create({ name: 'Acme', domain_names: ['acme.test'] }, by));
  const trigger = expectOk(
    account.triggers.create(
      {
        title: 'Urgent words',
        conditions: { all: [{ field: 'subject_includes_word', operator: 'includes', value: 'tent' }], any: [] },
        actions: [{ field: 'priority', value: 'high' }],
      },
      by,
    ),
  );
  const view = expectOk(
    account.views.create({ title: 'Unsolved', description: 'All', all: unsolved, output: { group_by: 'group' } }, by),
  );
  const macro = expectOk(account.macros.create({ title: 'Ask', actions: [{ field: 'status', value: 'pending' }] }, by));
  const brand = expectOk(account.brands.create({ name: 'Second', subdomain: 'second' }, by));
  const status = expectOk(account.customStatuses.create({ status_category: 'open', agent_label: 'In work' }, by));
  const customRole = account.customRoles.create(
    { name: 'Trainee', description: 'Learns', ticket_access: 'within-groups' },
    clock.now(),
  );
  const worked = aTicket({
    tags: ['category__refund'],
    type: 'problem',
    external_id: 'e1',
    due_at: '2026-12-01T00:00:00Z',
  });
  aTicket();
  for (let i = 0; i < 9; i += 1) aTicket();
  clock.forward(3_600);
  expectOk(account.tickets.update(1, { comment: { body: 'On it', public: true }, assignee_id: agent.id }, byAgent));
  clock.forward(3_600);
  expectOk(account.tickets.update(1, { status: 'solved' }, byAgent));
  expectOk(account.tickets.update(1, { comment: { body: 'Still wet' } }, byCustomer));
  expectOk(account.tickets.update(1, { status: 'pending' }, byAgent));
  clock.forward(3_600);
  expectOk(account.tickets.update(1, { status: 'solved' }, byAgent));
  expectOk(account.tickets.update(2, { type: 'incident' }, byAgent));
  expectOk(account.tickets.update(2, { problem_id: 1 }, byAgent));
  expectOk(account.skips.record({ ticket_id: 1, reason: 'Too hard' }, byAgent));
  const file = () =>
    expectOk(account.uploads.add({ file_name: 'a.txt', content_type: 'text/plain', content: Buffer.from('a') }));
  const upload = file().token;
  expectOk(account.tickets.update(5, { comment: { body: 'See file', uploads: [file().token] } }, byAgent));
  const withFile = account.tickets.comments(5).at(-1);
  const [attachment = 0, fileComment = 0] = [withFile?.attachment_ids[0], withFile?.id];
  const all = [...unsolved, { field: 'SOLVED', operator: 'greater_than', value: '96' }];
  const automation = expectOk(
    account.automations.create(
      { title: 'Close', conditions: { all }, actions: [{ field: 'status', value: 'closed' }] },
      by,
    ),
  ).id;
  const address = expectOk(account.supportAddresses.create({ email: 'sales@northwind.test', name: 'Sales' }, by)).id;
  const spam = { name: 'Prince', email: 'prince@example.com', subject: 'Gold', content: 'Yours' };
  const held = [1, 2, 3].map(() => account.suspendedTickets.suspend(spam).id);
  const slaPolicy = account.slaPolicies.create(
    {
      title: 'Urgent',
      description: '',
      position: 1,
      filter: { all: [{ field: 'type', operator: 'is', value: 'incident' }], any: [] },
      policy_metrics: [{ priority: 'urgent', metric: 'first_reply_time', target: 60, business_hours: false }],
    },
    by,
  ).id;
  const queue = account.queues.create(
    {
      name: 'Urgent',
      description: '',
      order: 1,
      priority: 1,
      definition: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }], any: [] },
      primary_group_ids: account.groups.list().map(({ id }) => id),
      secondary_group_ids: [],
    },
    by,
  ).id;
  const duplicate = expectOk(account.users.create({ name: 'Carl Again', email: 'carl.again@example.com' }, by));
  const userField = expectOk(account.userFields.create({ key: 'shoe', title: 'Shoe' }, by)).id;
  const organizationField = expectOk(account.organizationFields.create({ key: 'plan', title: 'Plan' }, by)).id;
  expectOk(account.tickets.softDelete(3, by));
  expectOk(account.tickets.softDelete(4, by));
  expectOk(account.tickets.softDelete(11, by));
  clock.forward(120);
  const membership = account.groups.memberships()[0]?.id ?? 0;
  const audit = account.tickets.audits(worked.id)[0]?.id ?? 0;
  const comment = account.tickets.comments(worked.id)[0]?.id ?? 0;
  const metrics = account.tickets.metrics(worked.id)?.id ?? 0;
  const client = account.oauth.clients()[0];
  if (client === undefined) throw new Error('The test account has an OAuth client.');
  const tokens = [1, 2].map(() => account.oauth.issueToken({ client, scopes: ['read'], withRefresh: true }).id);
  const auditLog = account.auditLogs.list()[0]?.id ?? 0;
  const form = account.ticketForms.list()[0]?.id ?? 0;
  return {
    upload,
    attachment,
    fileComment,
    automation,
    address,
    held,
    slaPolicy,
    queue,
    userField,
    organizationField,
    field,
    organization,
    trigger,
    view,
    macro,
    brand,
    status,
    membership,
    audit,
    comment,
    metrics,
    admin,
    agent,
    customer,
    duplicate,
    customRole,
    client,
    tokens,
    auditLog,
    form,
  };
}

export type ConformanceAccount = ReturnType<typeof buildConformanceAccount>;
