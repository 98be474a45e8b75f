// Tests escalating and handing off a ticket without losing typed text.
import { fireEvent, screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { aCard, aCustomer, aDestination, ago, anEscalation } from '../../testing/card-builders.ts';
import { ok, refusal } from '../../testing/fake-service.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const ESCALATE = 'POST /api/tickets/42/escalations';
const button = (name: string) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole('textbox', { name });

async function fillIn(user: UserEvent): Promise<void> {
  await user.click(button('Escalate to Tier 2'));
  await user.click(field('Summary'));
  await user.paste('Charged twice');
  await user.click(field('Steps tried'));
  await user.paste('Looked at the order');
}

it('lists when to escalate and marks what applies to this ticket', async () => {
  const criteria = [
    { text: 'Somebody threatens with a lawyer', holds: true },
    { text: 'The refund is over $250', holds: false },
  ];
  const { user } = await showSidebar({ card: { escalation: anEscalation({ criteria, moves: 2 }) } });
  expect(screen.queryByText(/refund is over/)).not.toBeInTheDocument();
  await user.click(button('Escalate to Tier 2'));
  const [lawyer, refund] = within(section('Escalate')).getAllByRole('listitem');
  expect(lawyer).toHaveTextContent('Somebody threatens with a lawyer applies to this ticket');
  expect(refund).toHaveTextContent(/^The refund is over \$250$/);
  expect(screen.getByText('moved 2 times')).toBeVisible();
});

it('refuses an empty required field before sending, and focuses it', async () => {
  const { user, service } = await showSidebar();
  await user.click(button('Escalate to Tier 2'));
  expect(field('Summary')).toHaveFocus();
  await user.paste('Charged twice');
  await user.click(button('Continue'));
  expect(field('Steps tried')).toHaveFocus();
  expect(field('Steps tried')).toBeInvalid();
  expect(field('Steps tried')).toHaveAccessibleDescription(/Fill in “Steps tried”\./);
  expect(field('Customer impact (optional)')).not.toBeInvalid();
  expect(service.calls.some(({ method }) => method === 'POST')).toBe(false);
});

it('asks for confirmation, then sends the form and says where the ticket went', async () => {
  const { user, service, zendesk } = await showSidebar();
  service.answer(ESCALATE, ok(aCard({ escalation: anEscalation({ moves: 1 }) }), 201));
  await fillIn(user);
  await user.click(button('Continue'));
  expect(screen.getByText(/^Move this ticket to Tier 2\?/)).toHaveFocus();
  expect(service.calls.some(({ method }) => method === 'POST')).toBe(false);
  await user.click(button('Move ticket'));

  expect(service.calls.find(({ method }) => method === 'POST')?.body).toEqual({
    to: { kind: 'tier', id: 't2' },
    fields: { summary: 'Charged twice', steps_tried: 'Looked at the order' },
    requestId: 'request-1',
  });
  expect(await within(section('Escalate')).findByText('You moved this ticket to Tier 2.')).toBeVisible();
  // One message, and no toast beside it.
  expect(screen.getAllByText('You moved this ticket to Tier 2.')).toHaveLength(1);
  expect(zendesk.invoked.map(([name]) => name)).not.toContain('notify');
  expect(screen.getByText('moved once')).toBeVisible();
});

it('shows at the field that the service requires it', async () => {
  const { user, service } = await showSidebar();
  service.answer(ESCALATE, refusal(422, 'fields_missing', { fields: ['customer_impact'] }));
  await fillIn(user);
  await user.click(button('Continue'));
  await user.click(button('Move ticket'));
  expect(field('Customer impact (optional)')).toBeInvalid();
  expect(field('Customer impact (optional)')).toHaveFocus();
  expect(field('Summary')).toHaveValue('Charged twice');
});

it('sends the same request again after a failure, so that the ticket moves once', async () => {
  const { user, service } = await showSidebar();
  service.answer(ESCALATE, 'no network');
  await fillIn(user);
  await user.click(button('Continue'));
  await user.click(button('Move ticket'));
  expect(screen.getByRole('alert')).toHaveTextContent('Deskwright could not be reached. Nothing is lost');
  service.answer(ESCALATE, ok(aCard(), 201));
  await user.click(button('Move ticket'));
  const ids = service.calls
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => (body as { requestId: string }).requestId);
  expect(ids).toEqual(['request-1', 'request-1']);
});

it('keeps typed text when the card reloads and when the form is closed', async () => {
  const { user, service, pass } = await showSidebar();
  await fillIn(user);
  service.answer(
    'GET /api/tickets/42/card',
    ok(aCard({ asOf: ago(-1000), customer: aCustomer({ name: 'Another tone' }) })),
  );
  service.live('ticket');
  await pass(1);
  expect(screen.getByText('Answers and earlier tickets: Another tone')).toBeVisible();
  expect(field('Summary')).toHaveValue('Charged twice');

  await user.click(button('Cancel'));
  expect(button('Escalate to Tier 2')).toHaveFocus();
  await user.click(button('Escalate to Tier 2'));
  expect(field('Steps tried')).toHaveValue('Looked at the order');
});

it('closes on Escape, keeps the text, and returns the focus to the button', async () => {
  const back = [aDestination('t1', 'Tier 1')];
  const { user } = await showSidebar({ card: { escalation: anEscalation({ back }) } });
  await user.click(button('Hand back to Tier 1'));
  await user.paste('Charged twice');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('form')).not.toBeInTheDocument();
  expect(button('Hand back to Tier 1')).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(field('Summary')).toHaveValue('Charged twice');
});

it('stays open on Escape during text composition and while sending', async () => {
  const { user, service } = await showSidebar();
  service.answer(ESCALATE, 'never');
  await fillIn(user);
  fireEvent.keyDown(field('Summary'), { key: 'Escape', isComposing: true });
  expect(field('Summary')).toBeVisible();
  await user.click(button('Continue'));
  await user.click(button('Move ticket'));
  await user.keyboard('{Escape}');
  expect(button('Moving…')).toBeVisible();
});

it('keeps the form when the target is no longer offered', async () => {
  const { user, service, pass } = await showSidebar();
  await fillIn(user);
  service.answer('GET /api/tickets/42/card', ok(aCard({ asOf: ago(-1000), escalation: anEscalation({ next: null }) })));
  service.live('ticket');
  await pass(1);
  expect(field('Summary')).toHaveValue('Charged twice');
});

it('hands back to the tier the ticket came from', async () => {
  const { user, service } = await showSidebar({
    card: {
      escalation: anEscalation({
        from: { id: 't2', name: 'Tier 2' },
        next: null,
        back: [aDestination('t1', 'Tier 1')],
        fields: [],
      }),
    },
  });
  service.answer(ESCALATE, ok(aCard(), 201));
  expect(screen.getByText('Tier 2 is the last tier.')).toBeVisible();
  await user.click(button('Hand back to Tier 1'));
  await user.click(button('Continue'));
  await user.click(button('Move ticket'));
  expect(service.calls.find(({ method }) => method === 'POST')?.body).toMatchObject({ to: { kind: 'tier', id: 't1' } });
});

it('lists departments with their contacts, and hands off with their own fields', async () => {
  const { user, service } = await showSidebar();
  service.answer(ESCALATE, ok(aCard(), 201));
  await user.click(button('Hand off'));
  const [warehouse, finance] = screen
    .getAllByRole('heading', { level: 3 })
    .filter((one) => /house|Fin/.test(one.textContent))
    .map((one) => one.closest('li'));
  expect(warehouse).toHaveTextContent(
    /Warehouse ?Open.*Contact now: Ana, extension 214Replies within 8 business hours/,
  );
  expect(finance).toHaveTextContent(/Finance ?Closed until .*Contact now: Duty phone \+1 555 0100/);

  await user.click(button('Hand off to Warehouse'));
  await user.click(field('Order number'));
  await user.paste('A-17');
  await user.click(button('Continue'));
  await user.click(button('Move ticket'));
  expect(service.calls.find(({ method }) => method === 'POST')?.body).toMatchObject({
    to: { kind: 'department', id: 'warehouse' },
    fields: { order: 'A-17' },
  });
});

it('lists questions already asked and earlier moves', async () => {
  const said = [{ label: 'Summary', text: 'Charged twice' }];
  const history = [
    { id: 1, how: 'up', from: 'Tier 1', to: 'Tier 2', by: 'Ann Miller', at: ago(60_000), said } as const,
  ];
  const { user } = await showSidebar({ card: { escalation: anEscalation({ history }) } });
  await user.click(button('Already asked: 1 question'));
  expect(screen.getByText('“Could you send me your order number?”')).toBeVisible();
  await user.click(button('Notes on 1 move'));
  expect(screen.getByText('Tier 1 to Tier 2')).toBeVisible();
  expect(screen.getByText('Charged twice')).toBeVisible();
});

describe('from the warning at the top', () => {
  const lawyer = anEscalation({ criteria: [{ text: 'A lawyer is named', holds: true }] });
  const link = () => screen.queryByRole('button', { name: 'Escalate to Tier 2: A lawyer is named' });

  it('opens the form for the next tier and focuses it, also if it is already open', async () => {
    const { user } = await showSidebar({ card: { escalation: lawyer } });
    await user.click(link() as HTMLElement);
    expect(screen.getByRole('form', { name: 'Escalate to Tier 2' })).toBeVisible();
    expect(field('Summary')).toHaveFocus();
    await user.paste('Charged twice');
    await user.click(field('Steps tried'));
    await user.click(link() as HTMLElement);
    expect(field('Summary')).toHaveFocus();
    expect(field('Summary')).toHaveValue('Charged twice');
  });

  it('focuses a form without fields too', async () => {
    const { user } = await showSidebar({ card: { escalation: { ...lawyer, fields: [], asked: [] } } });
    await user.click(link() as HTMLElement);
    expect(button('Continue')).toHaveFocus();
  });

  it.each([
    ['in the last tier', { escalation: { ...lawyer, next: null } }],
    [
      'where Zendesk has no group to go to',
      { escalation: { ...lawyer, next: aDestination('t2', 'Tier 2', { missingGroup: 'T2' }) } },
    ],
  ] as const)('warns %s without offering to escalate', async (_, card) => {
    await showSidebar({ card });
    expect(screen.getByText('A lawyer is named')).toBeVisible();
    expect(link()).not.toBeInTheDocument();
  });

  it('offers no button while the service is unreachable', async () => {
    const { service, pass } = await showSidebar({ card: { escalation: lawyer } });
    expect(link()).toBeVisible();
    service.answer('GET /api/tickets/42/card', 'no network');
    service.answer('GET /api/live', 'no network');
    service.breakStream();
    await pass(1);
    expect(link()).not.toBeInTheDocument();
  });
});
