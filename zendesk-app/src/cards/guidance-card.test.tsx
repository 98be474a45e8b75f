// Does an agent see what to do next, tick it off, and put ready wording into the reply?
import { screen, within } from '@testing-library/react';
import { aCard, aGuidance, ago, aStep } from '../testing/a-card.ts';
import { ok, refusal } from '../testing/fake-service.ts';
import { holdTheClock, section, showSidebar } from '../testing/show-sidebar.tsx';

holdTheClock();

const oneStep = (done: boolean) =>
  aGuidance({
    done: done ? 1 : 0,
    steps: 1,
    blocks: [
      {
        kind: 'list',
        ordered: false,
        items: [aStep('issue', 'Issue the refund', done ? { doneBy: 'Omar Haddad', doneAt: ago(60_000) } : {})],
      },
    ],
  });

it('shows headings, lists, stresses, and links that leave the frame safely', async () => {
  await showSidebar();
  const guidance = within(section('What to do'));
  expect(guidance.getByRole('heading', { name: 'When the parcel is still on its way', level: 3 })).toBeVisible();
  expect(guidance.getByText('afterwards').tagName).toBe('STRONG');
  expect(guidance.getByText('Call the parcel back.').closest('ol')).not.toBeNull();
  const link = guidance.getByRole('link', { name: /^shop/ });
  expect(link).toHaveAttribute('href', 'https://shop.example/admin');
  expect(link).toHaveAttribute('target', '_blank');
  expect(link.getAttribute('rel')).toContain('noopener');
  expect(guidance.getByText('Tone: Warm and short. Say sorry once, then help.')).toBeVisible();
});

it('counts the steps and says who did them', async () => {
  await showSidebar();
  const guidance = within(section('What to do'));
  expect(guidance.getByText('2 of 5')).toBeVisible();
  expect(guidance.getByRole('checkbox', { name: 'Thank them and say sorry' })).toBeChecked();
  expect(guidance.getByText('Ann Miller, 1 hour ago')).toBeVisible();
});

it('ticks at once, before the service has answered, and keeps what the service says', async () => {
  const { user, service, pass } = await showSidebar({ card: { guidance: oneStep(false) } });
  service.answer('PUT /api/tickets/42/steps/issue', 'never');
  await user.click(screen.getByRole('checkbox', { name: 'Issue the refund' }));
  expect(screen.getByRole('checkbox')).toBeChecked();
  expect(screen.getByText('1 of 1')).toBeVisible();
  expect(screen.getByText('Ann Miller, this minute')).toBeVisible();

  service.answer('GET /api/tickets/42/card', ok(aCard({ guidance: oneStep(false) })));
  service.live('ticket');
  await pass(1);
  expect(screen.getByRole('checkbox')).toBeChecked();
});

it('tells screen readers that a step is done', async () => {
  const { user, service } = await showSidebar({ card: { guidance: oneStep(false) } });
  service.answer('PUT /api/tickets/42/steps/issue', ok(aCard({ guidance: oneStep(true) })));
  await user.click(screen.getByRole('checkbox'));
  expect(service.calls.find(({ method }) => method === 'PUT')?.body).toEqual({ done: true });
  expect(screen.getByText('Done: Issue the refund')).toBeInTheDocument();
  expect(screen.getByText('Omar Haddad, 1 minute ago')).toBeVisible();
});

it('takes the tick back with a message when the service refuses', async () => {
  const { user, service } = await showSidebar({ card: { guidance: oneStep(false) } });
  service.answer('PUT /api/tickets/42/steps/issue', refusal(409, 'closed'));
  await user.click(screen.getByRole('checkbox'));
  expect(screen.getByRole('checkbox')).not.toBeChecked();
  expect(screen.getByRole('alert')).toHaveTextContent(
    'The tick was taken back. The ticket has been closed in the meantime.',
  );
});

it('unticks a step', async () => {
  const { user, service } = await showSidebar({ card: { guidance: oneStep(true) } });
  service.answer('PUT /api/tickets/42/steps/issue', ok(aCard({ guidance: oneStep(false) })));
  await user.click(screen.getByRole('checkbox'));
  expect(service.calls.find(({ method }) => method === 'PUT')?.body).toEqual({ done: false });
  expect(screen.getByRole('checkbox')).not.toBeChecked();
});

it('puts ready wording into the reply and says so', async () => {
  const { user, zendesk } = await showSidebar();
  await user.click(screen.getByRole('button', { name: /^Insert into reply/ }));
  expect(zendesk.invoked).toContainEqual([
    'ticket.comment.appendText',
    'Hi Jo,\n\nI am sorry about this. Could you send me your order number?',
  ]);
  expect(screen.getByText('Inserted into your reply.')).toBeInTheDocument();
});

it('says so when Zendesk does not take the wording', async () => {
  const { user } = await showSidebar({ refuses: ['ticket.comment.appendText'] });
  await user.click(screen.getByRole('button', { name: /^Insert into reply/ }));
  expect(screen.getByRole('alert')).toHaveTextContent('Zendesk did not take the text.');
});

it('says so when the category has no guidance', async () => {
  await showSidebar({ card: { guidance: null } });
  expect(screen.getByText('There is no guidance for this category.')).toBeVisible();
});
