// Tests the search in wording and guidance.
import { screen } from '@testing-library/react';
import { aGuidance } from '../../testing/card-builders.ts';
import { aService, ok, refusal } from '../../testing/fake-service.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';
import { findWording } from './find-wording.ts';

withFixedClock();

const DELIVERY = aGuidance({
  categoryId: 'delivery',
  title: 'Delivery',
  blocks: [
    { kind: 'reply', text: 'Your parcel left our warehouse in Zürich yesterday.' },
    { kind: 'paragraph', text: [{ kind: 'text', text: 'A parcel that is late by a week counts as lost.' }] },
  ],
});
const GUIDANCE = 'GET /api/guidance';

async function search(words: string, answer = ok({ toneOfVoice: null, categories: [aGuidance(), DELIVERY] })) {
  const service = aService();
  service.answer(GUIDANCE, answer);
  const shown = await showSidebar({ service });
  await shown.user.click(screen.getByRole('button', { name: 'Search wording and guidance' }));
  await shown.user.type(screen.getByRole('searchbox'), words);
  return shown;
}

it('finds wording of another category by words in any order and inserts it into the reply', async () => {
  const { user, zendesk } = await search('zurich PARCEL');
  expect(screen.getByText('1 result')).toBeVisible();
  expect(screen.getByText('Delivery')).toBeVisible();
  await user.click(screen.getByRole('button', { name: /^Insert into reply: Your parcel left/ }));
  expect(zendesk.invoked).toContainEqual([
    'ticket.comment.appendText',
    'Your parcel left our warehouse in Zürich yesterday.',
  ]);
});

it('shows replies before guidance, and says when there is nothing', async () => {
  const { user } = await search('parcel');
  expect(screen.getByText('4 results')).toBeVisible();
  const shown = ['Your parcel left', 'Call the parcel back', 'counts as lost'].map(
    (text) => screen.getAllByText(new RegExp(text)).at(0) as HTMLElement,
  );
  expect(shown[0]?.compareDocumentPosition(shown[2] as HTMLElement)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  await user.type(screen.getByRole('searchbox'), 'zzz');
  expect(screen.getByText('Nothing found.')).toBeVisible();
});

it('takes this ticket’s own wording from its card, where the customer’s name is filled in', () => {
  const own = aGuidance({ blocks: [{ kind: 'reply', text: 'Hi Jo, sorry about the parcel.' }] });
  expect(findWording([own, DELIVERY], 'parcel').map(({ category, kind }) => [category, kind])).toEqual([
    ['Refunds', 'reply'],
    ['Delivery', 'reply'],
    ['Delivery', 'guidance'],
  ]);
  expect(findWording([own, own], 'parcel')).toHaveLength(1);
  expect(findWording([own], '  ')).toEqual([]);
});

it('still searches this category when the others cannot be read', async () => {
  await search('order number', refusal(503, 'unavailable'));
  expect(screen.getByText(/could not be reached/)).toBeVisible();
  expect(screen.getByText('2 results')).toBeVisible();
});

it('closes with Escape and returns the focus', async () => {
  const { user } = await search('parcel');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('searchbox')).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Search wording and guidance' })).toHaveFocus();
});
