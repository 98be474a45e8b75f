// Tests the tier card: category, tier and the reason for both.
import { screen, within } from '@testing-library/react';
import { aCard, aCorrectedTier, ago, aHandOff, anEscalation, aQueue, aTier } from '../../testing/card-builders.ts';
import { ok } from '../../testing/fake-service.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

it('shows tier, category and the reason in a sentence', async () => {
  await showSidebar();
  expect(screen.getByRole('heading', { name: 'Refunds Tier 1' })).toBeVisible();
  expect(screen.getByText('Asks for money back: the text says “money back”')).toBeVisible();
});

it('does not repeat category and tier in the reason', async () => {
  await showSidebar({ card: { tier: aTier({ sentence: 'Refunds, Tier 1: the text says "money back"' }) } });
  expect(screen.getByText('The text says "money back"')).toBeVisible();
});

it('shows each condition of the trigger with the value found, and the closest trigger that did not apply', async () => {
  const { user } = await showSidebar();
  await user.click(screen.getByRole('button', { name: 'Why' }));
  const card = section('Refunds Tier 1');
  expect(within(card).getByText('Policy trigger: Asks for money back')).toBeVisible();
  const [words, status, missed] = within(card).getAllByRole('listitem');
  expect(words).toHaveTextContent(
    'Met: Subject or message contains any of “refund”, “money back”, “chargeback”, “reimburse”, “restitution”, “compensation” and 2 moreFound: “money back”',
  );
  expect(status).toHaveTextContent('Met: Status is below “solved”Found: “open”');
  expect(within(card).getByText('Closest policy trigger that did not apply: Asks what cancelling costs')).toBeVisible();
  expect(missed).toHaveTextContent('Not met: Subject or message contains any of “fee”, “penalty”, “cost”Nothing found');
});

const wordings = (wanted: string[], saw: string[] = []) =>
  ({ field: 'text', operator: 'includes_any', wanted, saw, held: saw.length > 0 }) as const;

it('lists the conditions that were met, and counts the others', async () => {
  const inVain = { ...wordings(['box'], ['box']), inVain: true } as const;
  const conditions = [wordings(['fee']), wordings(['refund~*'], ['refnded']), inVain, wordings(['money back'])];
  const reason = { by: 'trigger', triggerId: 'refunds', title: 'Asks for money back', conditions } as const;
  const { user } = await showSidebar({ card: { tier: aTier({ reason, nearestMiss: null }) } });
  await user.click(screen.getByRole('button', { name: 'Why' }));
  const card = within(section('Refunds Tier 1'));
  expect(card.getAllByRole('listitem').map((item) => item.textContent.trim())).toEqual([
    'Met: Subject or message contains any of “refund”Found: “refnded”',
  ]);
  expect(card.getByText('3 other conditions of this policy trigger were not needed.')).toBeVisible();
});

it('shows the unmet conditions of the closest trigger first', async () => {
  const missedBy = [wordings(['lawyer'], ['lawyer']), wordings(['fee'])];
  const nearestMiss = { triggerId: 'fee', title: 'Asks what cancelling costs', missedBy };
  const { user } = await showSidebar({ card: { tier: aTier({ reason: { by: 'nothing' }, nearestMiss }) } });
  await user.click(screen.getByRole('button', { name: 'Why' }));
  const [first, second] = within(section('Refunds Tier 1')).getAllByRole('listitem');
  expect(first).toHaveTextContent(/^Not met: .*“fee”/);
  expect(second).toHaveTextContent(/^Met: .*“lawyer”/);
});

it.each([
  [
    'text',
    'includes_any',
    ['refund~*', 'refund', 'website~ down', 'c*d'],
    'Subject or message contains any of “refund”, “website down”, “c*d”',
  ],
  ['text', 'not includes_all', ['charge*'], 'Subject or message does not contain all of “charge”'],
  ['tags', 'includes_any', ['vip~'], 'Tags contains any of “vip~”'],
  ['text', 'matches', 'order ?#*', 'Subject or message matches “order ?#*”'],
])('names words without the policy’s marks: %s %s %j', async (field, operator, wanted, words) => {
  const missedBy = [{ field, operator, wanted, saw: [], held: false }];
  const nearestMiss = { triggerId: 'x', title: 'X', missedBy };
  const { user } = await showSidebar({ card: { tier: aTier({ reason: { by: 'nothing' }, nearestMiss }) } });
  await user.click(screen.getByRole('button', { name: 'Why' }));
  expect(within(section('Refunds Tier 1')).getByRole('listitem')).toHaveTextContent(words);
});

it.each([
  [{ by: 'human', what: 'category' } as const, 'An agent placed this ticket manually, so the policy leaves it there.'],
  [
    { by: 'default', key: 'default_category' } as const,
    'No policy trigger applies, so the ticket has the default category Refunds.',
  ],
])('says why where no rule decided, once: %j', async (reason, words) => {
  const { user } = await showSidebar({ card: { tier: aTier({ reason, nearestMiss: null }) } });
  expect(screen.getByText(words)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Why' }));
  expect(screen.getAllByText(words)).toHaveLength(1);
});

it('shows the policy’s last decision for a ticket that a person placed', async () => {
  const { reason } = aTier();
  const policySaid = { category: { id: 'refunds', name: 'Refunds' }, reason };
  const tier = {
    ...aCorrectedTier(),
    reason: { by: 'human', what: 'category' },
    nearestMiss: null,
    policySaid,
  } as const;
  const { user } = await showSidebar({ card: { tier } });
  await user.click(screen.getByRole('button', { name: 'Why' }));
  const card = within(section('Warranty Tier 2'));
  expect(card.getByText('The policy’s last category: Refunds')).toBeVisible();
  expect(card.getByText('Policy trigger: Asks for money back')).toBeVisible();
  expect(card.getAllByRole('listitem')[0]).toHaveTextContent(/Found: “money back”$/);
});

it('says in the agent’s language that the ticket was placed manually', async () => {
  await showSidebar({ locale: 'de', card: { tier: aTier({ reason: { by: 'human', what: 'category or group' } }) } });
  expect(screen.getByText(/Dieses Ticket wurde manuell zugeordnet/)).toBeVisible();
});

it.each([
  ['up', 'Tier 2', 'Ann Miller escalated this ticket to Tier 2, so the policy leaves it there.'],
  ['back', 'Tier 1', 'Ann Miller handed this ticket back to Tier 1, so the policy leaves it there.'],
  ['hand_off', 'Warehouse', 'Ann Miller handed this ticket off to Warehouse, so the policy leaves it there.'],
] as const)('says who brought the ticket where it is: %s', async (how, to, words) => {
  const reason = { by: 'human', what: 'category or group' } as const;
  await showSidebar({ card: { tier: aTier({ reason, passedOn: aHandOff({ how, to }) }) } });
  expect(screen.getByText(words)).toBeVisible();
  expect(screen.queryByText(/by hand/)).not.toBeInTheDocument();
});

it('says once who handed the ticket off', async () => {
  const reason = { by: 'human', what: 'category or group' } as const;
  const department = { name: 'Warehouse', since: ago(21 * 3_600_000), handedOver: aHandOff() };
  await showSidebar({ card: { tier: aTier({ reason, passedOn: aHandOff() }), queue: aQueue({ department }) } });
  expect(screen.getAllByText(/handed .*off/i)).toHaveLength(1);
  expect(screen.getByText(/^Look whether the second tent/)).toBeVisible();
});

it('says which other tier has the ticket', async () => {
  await showSidebar({ card: { tier: aTier({ heldBy: { id: 't2', name: 'Tier 2' } }) } });
  expect(within(section('Refunds Tier 1')).getByText('Currently with Tier 2.')).toBeVisible();
});

it('warns when a criterion for escalation applies', async () => {
  await showSidebar({ card: { escalation: anEscalation({ criteria: [{ text: 'A lawyer is named', holds: true }] }) } });
  expect(within(section('Queue')).getByText('A lawyer is named')).toBeVisible();
});

it('warns once when several criteria apply', async () => {
  const criteria = ['A lawyer is named', 'Waits for two days'].map((text) => ({ text, holds: true }));
  await showSidebar({ card: { escalation: anEscalation({ criteria }) } });
  expect(screen.getByText('A lawyer is named; Waits for two days')).toBeVisible();
});

it('says that a ticket is not decided yet', async () => {
  const { service, pass } = await showSidebar({ card: { tier: null, guidance: null } });
  expect(screen.queryByText(/no guidance for this category/)).not.toBeInTheDocument();
  expect(screen.getByText(/Deskwright is deciding/)).toBeVisible();
  service.answer('GET /api/tickets/42/card', ok(aCard()));
  service.live('ticket');
  await pass(1);
  expect(screen.getByRole('heading', { name: 'Refunds Tier 1' })).toBeVisible();
});

it.each(['solved', 'closed'] as const)('says that a %s ticket without a tier gets no category', async (status) => {
  const ticket = { id: 42, status, priority: null, closed: status === 'closed' };
  await showSidebar({ card: { ticket, tier: null, guidance: null } });
  expect(within(section('No category')).getByText(/^This ticket was solved before Deskwright saw it/)).toBeVisible();
  expect(screen.queryByText(/is deciding|fills in by itself/)).not.toBeInTheDocument();
});

describe('the customer’s sentence', () => {
  const quote = [
    [
      { text: 'I sent both tents back three weeks ago and only got ', found: false },
      { text: 'refunded', found: true },
      { text: ' for the Kestrel.', found: false },
    ],
    [
      { text: 'Where is my ', found: false },
      { text: 'money', found: true },
      { text: ', all ', found: false },
      { text: 'my money', found: true },
      { text: '?', found: false },
    ],
  ];
  const marks = () => screen.getAllByText(/./, { selector: 'mark' }).map(({ textContent }) => textContent);

  it('is shown in one line from just before the marked word, in place of the reason', async () => {
    await showSidebar({ card: { tier: aTier({ quote }) } });
    const line = within(section('Refunds Tier 1')).getByTitle(/^I sent both tents back/);
    expect(line).toHaveTextContent('…ago and only got refunded for the Kestrel.');
    expect(line).toHaveStyle({ whiteSpace: 'nowrap', overflow: 'hidden' });
    expect(marks()).toEqual(['refunded']);
    expect(screen.queryByText(/the text says/)).not.toBeInTheDocument();
  });

  it.each([
    ['short in front', 'Please ', 'Please refund'],
    ['without spaces', '商品を返品しましたがまだ', '…を返品しましたがまだrefund'],
    ['one long word in front', `${'x'.repeat(60)} `, /^…x{19} refund$/],
  ])('is cut only where it is long: %s', async (_, text, shown) => {
    const tier = aTier({
      quote: [
        [
          { text, found: false },
          { text: 'refund', found: true },
        ],
      ],
    });
    await showSidebar({ card: { tier } });
    expect(within(section('Refunds Tier 1')).getByTitle(`${text}refund`)).toHaveTextContent(shown);
  });

  it('is shown whole by "Why", and only there, with all found words marked', async () => {
    const { user } = await showSidebar({ card: { tier: aTier({ quote }) } });
    await user.click(screen.getByRole('button', { name: 'Why' }));
    expect(screen.getByText('The customer wrote')).toBeVisible();
    expect(marks()).toEqual(['refunded', 'money', 'my money']);
  });

  it('is not shown where no word decided', async () => {
    const { user } = await showSidebar();
    await user.click(screen.getByRole('button', { name: 'Why' }));
    expect(document.querySelector('mark')).toBeNull();
    expect(screen.queryByText('The customer wrote')).not.toBeInTheDocument();
  });
});

const LAWYER = { by: 'trigger', triggerId: 'lawyer', title: 'Threatens with a lawyer', conditions: [] } as const;

it.each([
  ['high', { value: 'high', reason: LAWYER }, 'Priority High: policy trigger “Threatens with a lawyer”'],
  ['low', { value: 'high', reason: LAWYER }, 'Policy trigger “Threatens with a lawyer” wants priority High'],
  [null, { value: 'high', reason: LAWYER }, 'Policy trigger “Threatens with a lawyer” wants priority High'],
  ['urgent', null, 'Priority Urgent: set in Zendesk, not by the policy'],
] as const)('says why the priority is %s', async (priority, set, words) => {
  const ticket = { id: 42, status: 'open', priority, closed: false } as const;
  const { user } = await showSidebar({ card: { ticket, tier: aTier({ priority: set }) } });
  await user.click(screen.getByRole('button', { name: 'Why' }));
  expect(screen.getByText(words)).toBeVisible();
});

it('says nothing of a priority that nobody set', async () => {
  const ticket = { id: 42, status: 'open', priority: null, closed: false } as const;
  const { user } = await showSidebar({ card: { ticket } });
  await user.click(screen.getByRole('button', { name: 'Why' }));
  expect(screen.queryByText(/[Pp]riority/)).not.toBeInTheDocument();
});
