import { expectOk } from '../result.ts';
import { anAccount } from '../testing/an-account.ts';

describe('a new ticket', () => {
  it('has status new, is public, comes from its customer, and keeps the first message as description', () => {
    const { aTicket, customer, account } = anAccount();
    const ticket = aTicket();
    expect(ticket).toMatchObject({
      id: 1,
      status: 'new',
      requester_id: customer.id,
      description: 'It is wet inside.',
      is_public: true,
      updated_at: '2026-11-16T09:00:00Z',
      generated_timestamp: Date.UTC(2026, 10, 16, 9) / 1000,
    });
    expect(account.tickets.comments(1)).toMatchObject([{ body: 'It is wet inside.', author_id: customer.id }]);
  });

  it('has an audit of Create events and one comment', () => {
    const { aTicket, account } = anAccount();
    aTicket({ tags: ['b', 'A a'] });
    const [audit] = account.tickets.audits(1);
    expect(audit?.events.map((event) => event.type)).toContain('Comment');
    expect(audit?.events).toContainEqual(
      expect.objectContaining({ type: 'Create', field_name: 'tags', value: ['a', 'b'] }),
    );
  });

  it('is refused without a comment', () => {
    const { account, byCustomer } = anAccount();
    expect(account.tickets.create({ subject: 'x' }, byCustomer)).toEqual({
      ok: false,
      refusal: {
        kind: 'invalid',
        details: { base: [{ description: 'Description: cannot be blank', error: 'BlankValue' }] },
      },
    });
  });

  it('creates a requester for an unknown address and finds a known one', () => {
    const { account, byAgent, customer } = anAccount();
    const make = (email: string) =>
      expectOk(account.tickets.create({ description: 'x', requester: { email, name: 'Zoe' } }, byAgent)).ticket;
    expect(make('CARL@example.com').requester_id).toBe(customer.id);
    const zoe = account.users.find(make('zoe@example.com').requester_id);
    expect(zoe).toMatchObject({ name: 'Zoe', email: 'zoe@example.com', role: 'end-user' });
  });
});

describe('an update', () => {
  it('tells listeners the values before and after, and who made it', () => {
    const { account, aTicket, byAgent, agent, changes } = anAccount();
    const before = aTicket();
    expectOk(account.tickets.update(1, { priority: 'high' }, byAgent));
    expect(changes.at(-1)).toMatchObject({ kind: 'updated', before, after: { priority: 'high' }, actorId: agent.id });
  });

  it('adds no audit, event or new timestamp when nothing changes', () => {
    const { account, aTicket, byAgent, changes, clock } = anAccount();
    const ticket = aTicket({ tags: ['a'] });
    clock.forward(60);
    const written = expectOk(account.tickets.update(1, { additional_tags: ['a'], priority: null }, byAgent));
    expect(written.ticket).toBe(ticket);
    expect(account.tickets.audits(1)).toHaveLength(1);
    expect(changes).toHaveLength(1);
  });

  it('stores its metadata in the audit', () => {
    const { account, aTicket, byAgent } = anAccount();
    aTicket();
    const patch = { priority: 'low' as const, metadata: { decision: 'd1' } };
    expect(expectOk(account.tickets.update(1, patch, byAgent)).audit.metadata).toEqual({
      system: { client: 'local', ip_address: '127.0.0.1', location: 'Local', latitude: 0, longitude: 0 },
      custom: { decision: 'd1' },
    });
  });

  it.each([
    ['a wrong stamp', { safe_update: true, updated_stamp: '2020-01-01T00:00:00Z' }],
    ['safe_update without a stamp', { safe_update: true }],
    ['safe_update false, which counts as true', { safe_update: false, updated_stamp: '2020-01-01T00:00:00Z' }],
  ])('is refused as outdated with %s', (_name, stamp) => {
    const { account, aTicket, byAgent } = anAccount();
    aTicket();
    expect(account.tickets.update(1, { priority: 'high', ...stamp }, byAgent)).toEqual({
      ok: false,
      refusal: { kind: 'stale' },
    });
  });

  it('is accepted with the current timestamp', () => {
    const { account, aTicket, byAgent } = anAccount();
    const { updated_at } = aTicket();
    const patch = { priority: 'high' as const, safe_update: true, updated_stamp: updated_at };
    expect(account.tickets.update(1, patch, byAgent).ok).toBe(true);
  });

  it('of a closed ticket is refused with the message of a live account', () => {
    const { account, aTicket, byAgent } = anAccount();
    aTicket();
    expectOk(account.tickets.update(1, { status: 'closed' }, byAgent));
    expect(account.tickets.update(1, { priority: 'high' }, byAgent)).toEqual({
      ok: false,
      refusal: { kind: 'invalid', details: { status: [{ description: 'closed prevents ticket update' }] } },
    });
  });
});

describe('solving', () => {
  it('requires an assignee and every required field', () => {
    const { account, aTicket, byAgent } = anAccount();
    const field = expectOk(account.ticketFields.create({ type: 'integer', title: 'Order', required: true }, byAgent));
    aTicket();
    const refused = account.tickets.update(1, { status: 'solved' }, byAgent);
    expect(refused).toMatchObject({
      ok: false,
      refusal: {
        details: {
          base: [
            { description: 'Assignee: is required when solving a ticket', ticket_field_type: 'FieldAssignee' },
            {
              description: 'Order: is required when solving a ticket',
              error: null,
              ticket_field_id: field.id,
              ticket_field_type: 'FieldInteger',
            },
          ],
        },
      },
    });
    const patch = {
      status: 'solved' as const,
      assignee_id: byAgent.id,
      custom_fields: [{ id: field.id, value: '12' }],
    };
    expect(expectOk(account.tickets.update(1, patch, byAgent)).ticket.custom_fields).toEqual([
      { id: field.id, value: 12 },
    ]);
  });

  it('solves the incidents of a solved problem', () => {
    const { account, aTicket, byAgent } = anAccount();
    const problem = aTicket({ type: 'problem' });
    aTicket({ type: 'incident', problem_id: problem.id });
    account.tickets.update(2, { problem_id: problem.id }, byAgent);
    expect(account.tickets.incidents(1)).toHaveLength(1);
    expectOk(account.tickets.update(1, { status: 'solved', assignee_id: byAgent.id }, byAgent));
    expect(account.tickets.find(2)?.status).toBe('solved');
  });
});

describe('comments', () => {
  it('take the visibility of the ticket when they do not say whether they are public', () => {
    const { account, byAgent, customer } = anAccount();
    const note = { requester_id: customer.id, comment: { body: 'Called in.', public: false } };
    expectOk(account.tickets.create(note, byAgent));
    expectOk(account.tickets.update(1, { comment: { body: 'More.' } }, byAgent));
    expect(account.tickets.comments(1).map((comment) => comment.public)).toEqual([false, false]);
    expect(account.tickets.find(1)?.is_public).toBe(false);
  });

  it('by the customer reopen a pending ticket, and count as a reopening after solving', () => {
    const { account, aTicket, byAgent, byCustomer, clock } = anAccount();
    aTicket();
    expectOk(account.tickets.update(1, { status: 'solved', assignee_id: byAgent.id }, byAgent));
    clock.forward(3600);
    expectOk(account.tickets.update(1, { comment: { body: 'Still wet!' } }, byCustomer));
    expect(account.tickets.find(1)?.status).toBe('open');
    expect(account.tickets.metrics(1)).toMatchObject({
      reopens: 1,
      solved_at: null,
      requester_updated_at: '2026-11-16T10:00:00Z',
    });
  });

  it('are escaped in html_body', () => {
    const { account, aTicket } = anAccount();
    aTicket({ description: '<script>alert(1)</script>' });
    expect(account.tickets.comments(1)[0]?.html_body).not.toContain('<script>');
  });
});

describe('tags and fields', () => {
  it('keep each other in step, in both directions', () => {
    const { account, aTicket, byAgent } = anAccount();
    const options = [
      { name: 'Refund', value: 'category__refund' },
      { name: 'Bug', value: 'category__bug' },
    ];
    const field = expectOk(
      account.ticketFields.create({ type: 'tagger', title: 'Category', custom_field_options: options }, byAgent),
    );
    const box = expectOk(account.ticketFields.create({ type: 'checkbox', title: 'VIP', tag: 'vip' }, byAgent));
    aTicket({ tags: ['x'] });
    const valueOf = (id: number) => account.tickets.find(1)?.custom_fields.find((one) => one.id === id)?.value ?? null;
    const set = (value: string | null) =>
      expectOk(account.tickets.update(1, { custom_fields: [{ id: field.id, value }] }, byAgent)).ticket.tags;
    expect(set('category__refund')).toEqual(['category__refund', 'x']);
    expect(set('category__bug')).toEqual(['category__bug', 'x']);
    expectOk(account.tickets.removeTags(1, ['category__bug'], byAgent));
    expect(valueOf(field.id)).toBeNull();
    expectOk(account.tickets.addTags(1, ['category__refund', 'vip'], byAgent));
    expect([valueOf(field.id), valueOf(box.id)]).toEqual(['category__refund', true]);
    expect(account.tickets.update(1, { custom_fields: [{ id: field.id, value: 'nonsense' }] }, byAgent).ok).toBe(false);
  });
});

describe('routing', () => {
  it('unassigns an assignee who is not in the new group', () => {
    const { account, aTicket, byAgent, group } = anAccount();
    const other = expectOk(account.groups.create({ name: 'Other' }, byAgent));
    aTicket();
    const assigned = expectOk(account.tickets.update(1, { assignee_id: byAgent.id }, byAgent)).ticket;
    expect(assigned).toMatchObject({ status: 'open', group_id: group.id });
    expect(expectOk(account.tickets.update(1, { group_id: other.id }, byAgent)).ticket.assignee_id).toBeNull();
    expect(account.tickets.update(1, { group_id: other.id, assignee_id: byAgent.id }, byAgent).ok).toBe(false);
  });
});

it('applies two thousand updates to 8,300 tickets', () => {
  const { account, aTicket, byAgent } = anAccount();
  for (let i = 0; i < 8_300; i += 1) aTicket();
  for (let i = 1; i <= 2_000; i += 1) expectOk(account.tickets.update(i, { additional_tags: ['x'] }, byAgent));
  expect(account.tickets.count()).toBe(8_300);
});
