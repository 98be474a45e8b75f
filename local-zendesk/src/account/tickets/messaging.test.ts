import { expectOk } from '../result.ts';
import { anAccount } from '../testing/an-account.ts';

it.each([
  ['native_messaging', false],
  ['email', true],
])('the first comment of a customer by %s is public: %s', (channel, isPublic) => {
  const { account, customer } = anAccount();
  const { ticket } = expectOk(
    account.tickets.create({ subject: 'Hi', comment: { body: 'Hi' } }, { id: customer.id, channel }),
  );
  expect([ticket.is_public, account.tickets.comments(ticket.id)[0]?.public]).toEqual([isPublic, isPublic]);
});
