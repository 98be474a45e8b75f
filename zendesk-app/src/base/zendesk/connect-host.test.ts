// Tests the connection to the Zendesk that frames the app.
import { screen } from '@testing-library/react';
import { aZendesk } from '../../testing/fake-zendesk.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';
import { connectHost } from './connect-host.ts';

withFixedClock();

it('is null outside Zendesk and if the SDK did not load', async () => {
  await expect(connectHost(undefined)).resolves.toBeNull();
  await expect(connectHost({ init: () => false })).resolves.toBeNull();
});

it('reads the ticket, the location, the color scheme and the language', async () => {
  const { sdk } = aZendesk({ colorScheme: 'dark', locale: 'fr', context: { location: 'ticket_sidebar' } });
  await expect(connectHost(sdk)).resolves.toMatchObject({
    place: 'ticket',
    ticketId: null,
    colorScheme: 'dark',
    locale: 'fr',
  });
  const unsaved = aZendesk({ context: { location: 'new_ticket_sidebar' } });
  await expect(connectHost(unsaved.sdk)).resolves.toMatchObject({ place: 'new_ticket', ticketId: null });
});

it('reads the agent’s time zone', async () => {
  await expect(connectHost(aZendesk({ timeZone: 'Asia/Tokyo' }).sdk)).resolves.toMatchObject({
    timeZone: 'Asia/Tokyo',
  });
  await expect(connectHost(aZendesk().sdk)).resolves.toMatchObject({ timeZone: null });
});

it('shows times in that zone', async () => {
  const { user } = await showSidebar({ timeZone: 'Asia/Tokyo' });
  await user.click(screen.getByRole('button', { name: /waiting/ }));
  expect(screen.getByText(/^Waiting since Nov 1, 8:12.PM/)).toBeVisible();
});

it('follows the color scheme and continues when Zendesk refuses an invocation', async () => {
  const { sdk, send, invoked } = aZendesk({ refuses: ['resize', 'routeTo'] });
  const host = await connectHost(sdk);
  const seen: string[] = [];
  host?.onColorScheme((scheme) => seen.push(scheme));
  send('colorScheme.changed', 'dark');
  host?.openTicket(7);
  host?.setHeight(100.2);
  expect(seen).toEqual(['dark']);
  expect(invoked).toEqual([
    ['routeTo', 'ticket', 7],
    ['resize', { width: '100%', height: '101px' }],
  ]);
});

it('tells somebody outside Zendesk to open the page from Zendesk', async () => {
  await showSidebar({ sdk: { init: () => false } });
  expect(screen.getByRole('alert')).toHaveTextContent('Open this page from Zendesk');
});

it('tells an agent without a session what to do', async () => {
  await showSidebar({ session: null });
  expect(screen.getByRole('alert')).toHaveTextContent('Deskwright could not identify you.');
});
