import { createAccount } from './create-account.ts';
import { MESSAGE_ADDED } from './event-types.ts';

const subscribe = (messaging: boolean, subscriptions: string[]) =>
  createAccount({ clock: { now: () => 0 }, subdomain: 'northwind', messaging }).webhooks.create(
    { name: 'Ours', endpoint: 'http://127.0.0.1:4600/hook', subscriptions },
    { id: 1 },
  );

test('refuses and names a messaging event on an account without messaging', () => {
  expect(subscribe(true, ['zen:event-type:ticket.created', MESSAGE_ADDED])).toMatchObject({ ok: true });
  expect(subscribe(false, ['zen:event-type:ticket.created', MESSAGE_ADDED])).toMatchObject({
    ok: false,
    refusal: { kind: 'bad_value', message: expect.stringContaining(`"${MESSAGE_ADDED}"`) },
  });
  expect(subscribe(false, ['zen:event-type:ticket.created'])).toMatchObject({ ok: true });
});
