import { expectOk } from '../account/result.ts';
import type { Status } from '../account/types.ts';
import { aNewTicket, aNorthwind } from '../testing/a-northwind.ts';
import { findStaff, performAgentAction } from './agent-actions.ts';
import { customerOpensTicket, customerWritesAgain } from './customer-actions.ts';

const staff = (account: ReturnType<typeof aNorthwind>, email: string) => {
  const agent = findStaff(account, email);
  if (agent === undefined) throw new Error(`no ${email}`);
  return agent;
};

test('creates a new customer once and finds them again', () => {
  const account = aNorthwind();
  const first = aNewTicket(account);
  const second = aNewTicket(account, { subject: 'me again' });
  expect(second.requester_id).toBe(first.requester_id);
  expect(account.users.find(first.requester_id)).toMatchObject({ name: 'Rosa Lindqvist', role: 'end-user' });
  expect(first.via.channel).toBe('email');
});

test.each([
  ['new', 'new'],
  ['open', 'open'],
  ['pending', 'open'],
  ['hold', 'open'],
  ['solved', 'open'],
] as [Exclude<Status, 'closed' | 'deleted'>, Status][])(
  'a customer who writes again to a %s ticket leaves it %s',
  (before, after) => {
    const account = aNorthwind();
    const { id } = aNewTicket(account);
    const agent = staff(account, 'priya@northwind.test');
    if (before !== 'new') {
      const group_id = account.groups.memberships({ user_id: agent.id })[0]?.group_id ?? null;
      expectOk(account.tickets.update(id, { status: before, assignee_id: agent.id, group_id }, { id: agent.id }));
    }
    expect(expectOk(customerWritesAgain(account, id, 'hello?')).ticket.status).toBe(after);
    expect(account.tickets.comments(id).at(-1)?.body).toBe('hello?');
  },
);

test('a reply to a closed ticket creates a follow-up', () => {
  const account = aNorthwind();
  const { id } = aNewTicket(account);
  const admin = staff(account, 'admin@northwind.test');
  expectOk(account.tickets.update(id, { status: 'closed', assignee_id: admin.id }, { id: admin.id }));
  const { ticket } = expectOk(customerWritesAgain(account, id, 'again'));
  expect(ticket.id).not.toBe(id);
  expect(ticket.status).toBe('new');
  expect(account.tickets.find(id)?.followup_ids).toEqual([ticket.id]);
});

test('a follow-up without tags has those of the closed ticket; one of a ticket that is not closed is none', () => {
  const account = aNorthwind();
  const { id, requester_id } = aNewTicket(account);
  const admin = staff(account, 'admin@northwind.test');
  const follow = (tags?: string[]) =>
    expectOk(
      account.tickets.create(
        { subject: 'Again', comment: { body: 'x' }, requester_id, via_followup_source_id: id, ...(tags && { tags }) },
        { id: admin.id },
      ),
    ).ticket;
  expectOk(account.tickets.update(id, { tags: ['tents'] }, { id: admin.id }));
  expect(follow().tags).not.toContain('tents');
  expectOk(account.tickets.update(id, { status: 'closed', assignee_id: admin.id }, { id: admin.id }));
  const [plain, own] = [follow(), follow(['own'])];
  expect([plain.tags, own.tags]).toEqual([['tents'], ['own']]);
  expect(account.tickets.find(id)?.followup_ids).toEqual([plain.id, own.id]);
});

test('an agent who solves an unassigned ticket assigns it to themself and one of their groups', () => {
  const account = aNorthwind();
  const { id } = aNewTicket(account);
  const agent = staff(account, 'samuel@northwind.test');
  const { ticket } = expectOk(performAgentAction(account, id, agent, { act: 'solve', message: 'done' }));
  expect(ticket).toMatchObject({ status: 'solved', assignee_id: agent.id });
  expect(account.groups.find(ticket.group_id ?? 0)?.name).toBe('Support Tier 2');
});

test('keeps a note internal, and refuses an empty comment', () => {
  const account = aNorthwind();
  const { id } = aNewTicket(account);
  const agent = staff(account, 'priya@northwind.test');
  expectOk(performAgentAction(account, id, agent, { act: 'comment', message: 'psst', public: false }));
  expect(account.tickets.comments(id).at(-1)).toMatchObject({ body: 'psst', public: false });
  expect(performAgentAction(account, id, agent, { act: 'comment' })).toMatchObject({ ok: false });
});

test('refuses an invalid address without throwing', () => {
  const account = aNorthwind();
  expect(customerWritesAgain(account, 999, 'x')).toMatchObject({ ok: false, refusal: { kind: 'not_found' } });
  expect(customerOpensTicket(account, { email: 'rosa@mail.test', subject: 's', message: 'm' }).ok).toBe(true);
});
