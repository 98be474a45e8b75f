// Tests the guidance card: steps, links and canned replies.
import { screen, within } from '@testing-library/react';
import { aCard, aGuidance, ago, aStep } from '../../testing/card-builders.ts';
import { ok, refusal } from '../../testing/fake-service.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

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

it('shows headings, lists, emphasis, and links that open safely outside the frame', async () => {
  const { user } = await showSidebar();
  const guidance = within(section('What to do'));
  expect(guidance.queryByText(/^Tone:/)).not.toBeInTheDocument();
  await user.click(guidance.getByRole('button', { name: 'For every ticket of this kind' }));
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

it('shows a tick before the service has answered, then the service’s answer', async () => {
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

it('removes the tick with a message if the service refuses it', async () => {
  const { user, service } = await showSidebar({ card: { guidance: oneStep(false) } });
  service.answer('PUT /api/tickets/42/steps/issue', refusal(409, 'closed'));
  await user.click(screen.getByRole('checkbox'));
  expect(screen.getByRole('checkbox')).not.toBeChecked();
  expect(screen.getByRole('alert')).toHaveTextContent(
    'The step could not be saved. The ticket has been closed in the meantime.',
  );
});

it('unticks a step', async () => {
  const { user, service } = await showSidebar({ card: { guidance: oneStep(true) } });
  service.answer('PUT /api/tickets/42/steps/issue', ok(aCard({ guidance: oneStep(false) })));
  await user.click(screen.getByRole('checkbox'));
  expect(service.calls.find(({ method }) => method === 'PUT')?.body).toEqual({ done: false });
  expect(screen.getByRole('checkbox')).not.toBeChecked();
});

it('inserts a canned reply and confirms it', async () => {
  const { user, zendesk } = await showSidebar();
  await user.click(screen.getByRole('button', { name: /^Insert into reply/ }));
  expect(zendesk.invoked).toContainEqual([
    'ticket.comment.appendText',
    'Hi Jo,\n\nI am sorry about this. Could you send me your order number?',
  ]);
  expect(screen.getByText('Inserted into your reply.')).toBeInTheDocument();
});

const APPENDED = 'ticket.comment.appendText';
const insert = { name: /^Insert into reply/ };
const wording = (text: string) => ({ guidance: aGuidance({ blocks: [{ kind: 'reply', text }] }) });

it.each([
  ['Existing text.', '\n\n'],
  ['<p>Existing <b>text</b>.</p>', '\n\n'],
  ['<p><img src="https://pictures.example/tent.png"></p>', '\n\n'],
  ['Existing text.\n', '\n'],
  ['Existing text.\n \n', ''],
])('keeps a blank line between %j and the wording', async (comment, gap) => {
  const { user, zendesk } = await showSidebar({ comment, card: wording('Hi Rosa,') });
  await user.click(screen.getByRole('button', insert));
  expect(zendesk.invoked).toContainEqual([APPENDED, `${gap}Hi Rosa,`]);
});

it.each([
  [''],
  ['  \n'],
  ['<p></p>'],
  ['<div class="zd-comment"><p><br></p></div>'],
  ['&nbsp;\u200b\ufeff'],
  [undefined],
  [null],
  [7],
])('begins an empty reply (%j) with the wording itself', async (comment) => {
  const { user, zendesk } = await showSidebar({ comment, card: wording('Hi Rosa,') });
  await user.click(screen.getByRole('button', insert));
  expect(zendesk.invoked).toContainEqual([APPENDED, 'Hi Rosa,']);
});

it('inserts the text even if Zendesk does not return what is written so far', async () => {
  const { user, zendesk } = await showSidebar({ refuses: ['get comment'], card: wording('Hi Rosa,') });
  await user.click(screen.getByRole('button', insert));
  expect(zendesk.invoked).toContainEqual([APPENDED, 'Hi Rosa,']);
  expect(screen.getByText('Inserted into your reply.')).toBeInTheDocument();
});

it('says, also to screen readers, that the text went into an internal note', async () => {
  const { user, zendesk } = await showSidebar({ commentType: 'internalNote', card: wording('Hi Rosa,') });
  await user.click(screen.getByRole('button', insert));
  const said = 'Inserted into the internal note, which the customer cannot see.';
  expect(screen.getAllByText(said)).toHaveLength(2);
  expect(within(section('What to do')).getByText(said)).toBeVisible();
  expect(zendesk.invoked.filter(([name]) => name !== 'resize')).toEqual([[APPENDED, 'Hi Rosa,']]);
});

it('lists each blank once that the agent has to fill in', async () => {
  const text = 'It comes by [day]: [tracking link]. Not by [day]? See [our page](https://shop.example), [1] or [ ].';
  const { user } = await showSidebar({ card: wording(text) });
  await user.click(screen.getByRole('button', insert));
  expect(within(section('What to do')).getByText('Fill in before sending: [day], [tracking link]')).toBeVisible();
  expect(
    screen.getByText('Inserted into your reply. Fill in before sending: [day], [tracking link]'),
  ).toBeInTheDocument();
});

it('shows no hint for a public reply without blanks', async () => {
  const { user } = await showSidebar({ card: wording('Hi Rosa,') });
  await user.click(screen.getByRole('button', insert));
  expect(within(section('What to do')).queryByText(/Fill in|Inserted/)).not.toBeInTheDocument();
});

it('says if Zendesk does not accept the text', async () => {
  const { user } = await showSidebar({ refuses: [APPENDED], card: wording('By [day].') });
  await user.click(screen.getByRole('button', insert));
  expect(screen.getByRole('alert')).toHaveTextContent('Zendesk did not accept the text.');
  expect(screen.queryByText(/Fill in/)).not.toBeInTheDocument();
});

it('says if the category has no guidance', async () => {
  await showSidebar({ card: { guidance: null } });
  expect(screen.getByText('There is no guidance for this category.')).toBeVisible();
});

it('folds how a step is done, and a wording, and opens each on a click', async () => {
  const text = 'Hi Jo,\n\nWhich order is it?\n\nAnn';
  const step = aStep('order', 'x', {
    text: [
      { kind: 'strong', text: 'Find the order' },
      { kind: 'text', text: ' in the shop' },
    ],
    blocks: [{ kind: 'reply', text }],
  });
  const { user } = await showSidebar({
    card: { guidance: aGuidance({ done: 0, steps: 1, blocks: [{ kind: 'list', ordered: false, items: [step] }] }) },
  });
  const guidance = section('What to do');
  expect(guidance).not.toHaveTextContent(/in the shop|Hi Jo/);
  await user.click(screen.getByRole('button', { name: 'How: Find the order' }));
  await user.click(screen.getByRole('button', { name: 'Which order is it?' }));
  expect(guidance).toHaveTextContent('Find the order in the shop');
  expect(guidance).toHaveTextContent('Hi Jo, Which order is it? Ann');
});
