// Tests what stands above the cards: other agents who have the ticket open, and a new message of the customer.
import type { TicketCard } from '@deskwright/shared/contract';
import { act, screen } from '@testing-library/react';
import { aCard, ago, aQueue } from '../../testing/card-builders.ts';
import { type FakeService, ok } from '../../testing/fake-service.ts';
import { type Shown, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const CARD = 'GET /api/tickets/42/card';

describe('other agents who have the ticket open', () => {
  const HERE = /this ticket open too/;
  const viewing = ({ calls }: FakeService) => calls.filter(({ path }) => path === '/api/tickets/42/viewing');

  it('are named while they are here, and announced politely', async () => {
    const { service, pass } = await showSidebar();
    expect(screen.queryByText(HERE)).not.toBeInTheDocument();
    service.viewers(['Omar Haddad']);
    await pass(1);
    const named = screen.getByText('Omar Haddad has this ticket open too.');
    expect(named.closest('[role="status"]')).toBeVisible();
    service.viewers(['Ann Lee', 'Bo Quist', 'Omar Haddad', 'Zoë Grant']);
    await pass(1);
    expect(screen.getByText('Ann Lee, Bo Quist, Omar Haddad, and 1 other have this ticket open too.')).toBeVisible();
    service.viewers([]);
    await pass(1);
    expect(screen.queryByText(HERE)).not.toBeInTheDocument();
  });

  it('are not named once the page no longer hears of them', async () => {
    const { service, pass } = await showSidebar();
    service.viewers(['Omar Haddad']);
    await pass(1);
    service.answer('GET /api/live', 'no network');
    service.breakStream();
    await pass(1);
    expect(screen.queryByText(HERE)).not.toBeInTheDocument();
  });

  it('hear of this page only while its agent sees it', async () => {
    const { service, zendesk, pass } = await showSidebar();
    await pass(30_000);
    const heard = viewing(service).length;
    expect(heard).toBeGreaterThan(1);
    act(() => zendesk.send('app.deactivated'));
    await pass(60_000);
    expect(viewing(service)).toHaveLength(heard);
  });
});

describe('a message that arrives while the agent writes', () => {
  const NEW = /^New message/;
  const arrives = async ({ service, pass }: Shown, card: Partial<TicketCard>, after = 1_000) => {
    service.answer(CARD, ok(aCard({ asOf: ago(-after), ...card })));
    service.live('ticket');
    await pass(1);
  };
  const queue = aQueue({ lastMessageAt: ago(0) });

  it('is announced at the top, and what was written stays, with the focus', async () => {
    const shown = await showSidebar();
    await shown.user.click(screen.getByRole('button', { name: 'Escalate to Tier 2' }));
    const field = screen.getByRole('textbox', { name: 'Summary' });
    await shown.user.type(field, 'The tent leaks');
    await arrives(shown, { queue });
    const notice = screen.getByText('New message from Jo Rivera, this minute.');
    expect(notice.closest('[role="status"]')).toHaveStyle({ position: 'sticky' });
    expect(field).toHaveValue('The tent leaks');
    expect(field).toHaveFocus();
  });

  it('is no news once it was seen or answered, until the next', async () => {
    const shown = await showSidebar();
    await arrives(shown, { queue });
    await shown.user.click(screen.getByRole('button', { name: 'OK' }));
    expect(screen.queryByText(NEW)).not.toBeInTheDocument();
    const next = { lastMessageAt: ago(-1_500) };
    await arrives(shown, { queue: aQueue(next) }, 2_000);
    expect(screen.getByText(NEW)).toBeVisible();
    const answered = { at: ago(-2_500), by: 'Ann Miller', byYou: true };
    await arrives(shown, { queue: aQueue({ ...next, waiting: null, answered }) }, 3_000);
    expect(screen.queryByText(NEW)).not.toBeInTheDocument();
  });

  it('is not one that was there when the ticket was opened', async () => {
    await showSidebar({ card: { queue } });
    expect(screen.queryByText(NEW)).not.toBeInTheDocument();
  });
});
