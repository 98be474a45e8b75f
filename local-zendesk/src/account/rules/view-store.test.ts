import { expectOk } from '../result.ts';
import { anAccount } from '../testing/an-account.ts';

const unsolved = { field: 'status', operator: 'less_than', value: 'solved' };
const newestFirst = { columns: ['nice_id', 'created'], sort_by: 'created', sort_order: 'desc' as const };

function withView(
  output: Parameters<ReturnType<typeof anAccount>['account']['views']['create']>[0]['output'] = newestFirst,
) {
  const test = anAccount();
  const view = expectOk(
    test.account.views.create({ title: 'Unassigned', all: [unsolved], output }, { id: test.admin.id }),
  );
  return { ...test, view };
}

it('sorts its tickets in its own order, ties by id', () => {
  const { account, aTicket, clock, view } = withView();
  aTicket();
  aTicket();
  clock.forward(5);
  aTicket();
  const ids = () => account.views.tickets(account.views.find(view.id) ?? view).map((ticket) => ticket.id);
  expect(ids()).toEqual([3, 2, 1]);
  const output = { ...newestFirst, sort_order: 'asc' as const };
  expectOk(account.views.update(view.id, { output }, { id: account.ownerId }));
  expect(ids()).toEqual([1, 2, 3]);
});

it('groups before sorting', () => {
  const { account, aTicket, view } = withView({
    ...newestFirst,
    sort_order: 'asc',
    group_by: 'priority',
    group_order: 'desc',
  });
  aTicket();
  aTicket({ priority: 'low' });
  aTicket({ priority: 'urgent' });
  expect(account.views.tickets(view).map((ticket) => ticket.id)).toEqual([3, 2, 1]);
});

it('leaves solved and deleted tickets out', () => {
  const { account, aTicket, view, byAgent } = withView();
  aTicket();
  aTicket();
  expectOk(account.tickets.update(1, { status: 'solved', assignee_id: byAgent.id }, byAgent));
  expectOk(account.tickets.softDelete(2, byAgent));
  expect(account.views.tickets(view)).toEqual([]);
});

it('replaces the whole output on update', () => {
  const { account, view } = withView();
  const changed = expectOk(account.views.update(view.id, { output: { columns: ['status'] } }, { id: account.ownerId }));
  expect(changed.output).toEqual({
    columns: ['status'],
    group_by: null,
    group_order: 'asc',
    sort_by: null,
    sort_order: 'desc',
  });
});

it.each(['description', 'submitter', 'custom_status_id', 'nonsense'])('cannot be sorted by %s', (sort_by) => {
  const { account, view } = withView();
  expect(account.views.update(view.id, { output: { sort_by } }, { id: account.ownerId }).ok).toBe(false);
});

it('needs a condition on status, type, group, assignee or requester', () => {
  const { account } = anAccount();
  const all = [{ field: 'current_tags', operator: 'includes', value: 'x' }];
  expect(account.views.create({ title: 'x', all }, { id: account.ownerId }).ok).toBe(false);
});

it('evaluates conditions on hours, tags and the current user', () => {
  const { account, aTicket, clock, byAgent } = withView();
  aTicket({ tags: ['vip'] });
  clock.forward(3 * 3600);
  aTicket();
  account.tickets.update(2, { assignee_id: byAgent.id }, byAgent);
  const count = (...all: { field: string; operator: string; value: string }[]) =>
    account.views.tickets(
      { conditions: { all, any: [] }, output: { ...newestFirst, group_by: null, group_order: 'asc' } },
      { viewerId: byAgent.id },
    ).length;
  expect(count({ field: 'NEW', operator: 'greater_than', value: '2' })).toBe(1);
  expect(count({ field: 'current_tags', operator: 'includes', value: 'vip other' })).toBe(1);
  expect(count({ field: 'assignee_id', operator: 'is', value: 'current_user' })).toBe(1);
  expect(count({ field: 'assignee_id', operator: 'is', value: '' })).toBe(1);
});

it('the audit log records who changed the order', () => {
  const { account, view, byAgent } = withView();
  expectOk(account.views.update(view.id, { output: { ...newestFirst, sort_order: 'asc' } }, byAgent));
  expect(account.auditLogs.list()[0]).toMatchObject({
    actor_id: byAgent.id,
    source_type: 'rule',
    source_label: 'View: Unassigned',
    change_description: 'sort_order changed from desc to asc',
  });
});
