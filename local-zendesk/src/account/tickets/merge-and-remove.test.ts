import { expectOk } from '../result.ts';
import { anAccount } from '../testing/an-account.ts';

describe('merging', () => {
  it('closes the source tickets with a tag, and comments on both sides', () => {
    const { account, aTicket, byAgent, changes } = anAccount();
    aTicket();
    aTicket();
    expectOk(account.tickets.merge(1, { ids: [2], target_comment: 'Took #2 in.' }, byAgent));
    expect(account.tickets.find(2)).toMatchObject({ status: 'closed', tags: ['closed_by_merge'] });
    expect(account.tickets.comments(1).at(-1)).toMatchObject({ body: 'Took #2 in.', public: false });
    expect(changes.slice(-2).map((change) => [change.kind, change.after.id])).toEqual([
      ['merged', 2],
      ['updated', 1],
    ]);
  });
});

describe('removing', () => {
  it('hides the ticket; restoring brings it back with its status', () => {
    const { account, aTicket, byAgent } = anAccount();
    aTicket();
    expectOk(account.tickets.softDelete(1, byAgent));
    expect(account.tickets.find(1)).toBeUndefined();
    expect(account.tickets.deleted()).toMatchObject([{ id: 1, status: 'deleted' }]);
    expect(expectOk(account.tickets.restore(1, byAgent)).status).toBe('new');
  });

  it('marking as spam suspends the requester', () => {
    const { account, aTicket, byAgent, customer, changes } = anAccount();
    aTicket();
    expectOk(account.tickets.markAsSpam(1, byAgent));
    expect(account.users.find(customer.id)?.suspended).toBe(true);
    expect(changes.at(-1)?.kind).toBe('marked_as_spam');
  });
});
