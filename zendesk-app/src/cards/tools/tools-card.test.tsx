// Tests the cards of tools, verification and timeline as an agent uses them.
import type { TicketCard, ToolAnswer, ToolsCard, VerificationCard } from '@deskwright/shared/contract';
import { screen, within } from '@testing-library/react';
import { aCard, ago } from '../../testing/card-builders.ts';
import { ok, refusal } from '../../testing/fake-service.ts';
import { findViolations } from '../../testing/find-violations.ts';
import { section, showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const TOOLS: ToolsCard = {
  tools: [
    {
      id: 'cancel',
      name: 'Cancel account',
      about: 'Ends it at once.',
      kind: 'write',
      inputs: [{ id: 'account', label: 'Account', hint: null, required: true, value: 'A-1' }],
      needsVerification: false,
      dryRun: false,
    },
  ],
  beside: [
    { id: 'account', name: 'Account' },
    { id: 'orders', name: 'Orders' },
  ],
  runs: [],
};
const VERIFICATION: VerificationCard = {
  verified: null,
  lockedUntil: null,
  code: { to: 'r•••@shop.test', last: { state: 'sent', expiresAt: ago(-600_000) } },
  questions: [{ id: 'postcode', ask: 'Which postcode?' }],
};
const found: ToolAnswer = {
  kind: 'found',
  asOf: ago(0),
  staleSince: null,
  fields: [{ label: 'Since', values: ['2019'] }],
};
const ASK = 'POST /api/tickets/42/tools/cancel/ask';
const RUN = 'POST /api/tickets/42/tools/cancel/runs';
const bodies = (calls: readonly { method: string; path: string; body: unknown }[], call: string) =>
  calls.filter(({ method, path }) => `${method} ${path}` === call).map(({ body }) => body);

/** What both cards show first, in four languages. */
const OPENS =
  /^(Other systems|Andere Systeme|Otros sistemas|Autres systèmes|The customer is not verified\.|Die Identität des Kunden ist|El cliente no está|L’identité du client)/;

/** Both cards opened. */
async function show(parts: Partial<TicketCard> = {}, locale = 'en-US') {
  const shown = await showSidebar({ locale, card: { tools: TOOLS, verification: VERIFICATION, ...parts } });
  for (const button of screen.queryAllByRole('button', { name: OPENS })) await shown.user.click(button);
  return shown;
}

it('asks no other system before the agent opens the card', async () => {
  const { service } = await showSidebar({ card: { tools: TOOLS, verification: VERIFICATION } });
  expect(service.calls.filter(({ path }) => path.includes('/tools/'))).toEqual([]);
  expect(screen.queryByRole('button', { name: 'Cancel account' })).toBeNull();
});

it('a dead source leaves the rest of the card, and is tried again', async () => {
  const { user, service } = await show();
  const card = within(section('Other systems'));
  expect(card.getAllByText(/could not be reached/)).toHaveLength(2);
  expect(card.getByRole('button', { name: 'Cancel account' })).toBeVisible();
  service.answer('GET /api/tickets/42/tools/account', ok(found));
  await user.click(card.getByRole('button', { name: 'Try again: Account' }));
  expect(card.getByText('2019')).toBeVisible();
  expect(card.getAllByText(/could not be reached/)).toHaveLength(1);
});

it('shows since when a source has not answered', async () => {
  const { user, service } = await show({
    tools: { ...TOOLS, tools: [], beside: [{ id: 'account', name: 'Account' }] },
  });
  service.answer(
    'GET /api/tickets/42/tools/account',
    ok({ ...found, asOf: ago(7_200_000), staleSince: ago(3_600_000) }),
  );
  await user.click(screen.getByRole('button', { name: 'Try again: Account' }));
  expect(screen.getByText('As of 2 hours ago; no answer since 1 hour ago')).toBeVisible();
});

it('changes something only after a confirmation, by keyboard, and once', async () => {
  const { user, service } = await show({ tools: { ...TOOLS, beside: [] } });
  const dry = { kind: 'dry_run', method: 'POST', address: 'https://x.test', headers: [], body: null };
  service.answer(ASK, ok({ ...dry, question: 'Cancel the account A-1?' }));
  service.answer(
    RUN,
    ok(
      aCard({
        tools: {
          ...TOOLS,
          runs: [
            { id: 1, tool: 'Cancel account', state: 'in_doubt', why: 'broken', status: 500, by: 'Ann', at: ago(0) },
          ],
        },
      }),
      201,
    ),
  );
  screen.getByRole('button', { name: 'Cancel account' }).focus();
  await user.keyboard('{Enter}');
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  expect(bodies(service.calls, RUN)).toEqual([]);
  expect(screen.getByText('Cancel the account A-1?')).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(bodies(service.calls, RUN)).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Yes: Cancel account' }));
  expect(bodies(service.calls, RUN)).toEqual([{ inputs: { account: 'A-1' }, requestId: expect.any(String) }]);
  expect(screen.getByText(/it is not known whether it was done/)).toBeVisible();
  expect(screen.getByText(/answered with an error. \(HTTP 500\)/)).toBeVisible();
});

it('is the same request when it is sent again, and another one when what was filled in has changed', async () => {
  const { user, service } = await show({ tools: { ...TOOLS, beside: [] } });
  const dry = { kind: 'dry_run', method: 'POST', address: 'https://x.test', headers: [], body: null, question: null };
  service.answer(ASK, ok(dry));
  service.answer(RUN, refusal(503, 'unavailable'));
  await user.click(screen.getByRole('button', { name: 'Cancel account' }));
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  await user.click(screen.getByRole('button', { name: 'Yes: Cancel account' }));
  await user.click(screen.getByRole('button', { name: 'Yes: Cancel account' }));
  await user.type(screen.getByRole('textbox', { name: 'Account' }), '2');
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  await user.click(screen.getByRole('button', { name: 'Yes: Cancel account' }));
  const sent = bodies(service.calls, RUN) as { inputs: object; requestId: string }[];
  expect(sent.map(({ inputs }) => inputs)).toEqual([{ account: 'A-1' }, { account: 'A-1' }, { account: 'A-12' }]);
  expect(sent[1]?.requestId).toBe(sent[0]?.requestId);
  expect(sent[2]?.requestId).not.toBe(sent[0]?.requestId);
});

it('says what is wrong with a field, and that the customer must be verified', async () => {
  const [tool] = TOOLS.tools;
  const { user, service } = await show({ tools: { ...TOOLS, beside: [] } });
  service.answer(ASK, refusal(422, 'fields_wrong', { fields: ['account'] }));
  await user.click(screen.getByRole('button', { name: 'Cancel account' }));
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  expect(screen.getByText('Some fields are not valid.')).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Account' })).toHaveFocus();
  await show({ tools: { ...TOOLS, beside: [], tools: tool ? [{ ...tool, needsVerification: true }] : [] } });
  await user.click(screen.getByRole('button', { name: 'Cancel account' }));
  expect(screen.getByRole('button', { name: 'Continue' })).toBeDisabled();
});

it('checks a code, and counts the tries that are left', async () => {
  const { user, service } = await show();
  const PUT = 'PUT /api/tickets/42/verification';
  service.answer(PUT, refusal(409, 'not_verified', { triesLeft: 2 }));
  await user.click(screen.getByRole('button', { name: 'Verify by code' }));
  expect(screen.getByText(/goes to r•••@shop.test/)).toBeVisible();
  await user.type(screen.getByRole('textbox', { name: 'Code from the customer' }), '123456{Enter}');
  expect(screen.getByText('That is not correct. Attempts left: 2.')).toBeVisible();
  const until = ago(-3_600_000);
  service.answer(
    PUT,
    ok(aCard({ verification: { ...VERIFICATION, verified: { method: 'code', by: 'Ann', at: ago(0), until } } })),
  );
  await user.type(screen.getByRole('textbox', { name: 'Code from the customer' }), '654321{Enter}');
  expect(bodies(service.calls, PUT)).toEqual([{ code: '123456' }, { code: '654321' }]);
  expect(screen.getByText(/^Verified until/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Verify by code' })).not.toBeInTheDocument();
});

it('offers nothing while it is locked, or to who may only read', async () => {
  await show({ verification: { ...VERIFICATION, lockedUntil: ago(-3_600_000) } });
  expect(screen.getByText(/nobody can try again before/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /Verify by/ })).not.toBeInTheDocument();
  await show({ rights: { edit: false, correct: false } });
  expect(screen.getByText('The customer is not verified.')).toBeVisible();
  expect(screen.queryByRole('button', { name: /Verify by/ })).not.toBeInTheDocument();
});

it('shows what happened with the customer, in order, and what is missing', async () => {
  const { user, service } = await show({ tools: null, verification: null });
  const past = [
    { kind: 'tool_run', tool: 'Cancel account', state: 'done', at: ago(1_000), ticketId: 42 },
    { kind: 'answered', survey: 'nps', score: 9, outOf: 10, at: ago(2_000), ticketId: null },
    { kind: 'opened', subject: 'Tent', at: ago(3_000), ticketId: 38 },
  ];
  service.answer('GET /api/tickets/42/timeline', ok({ entries: past, hasMore: false, missing: ['refunds'] }));
  await user.click(screen.getByRole('button', { name: 'What happened with this customer' }));
  const items = within(section('What happened with this customer')).getAllByRole('listitem');
  expect(items.map((item) => item.querySelector('span')?.textContent)).toEqual([
    'Cancel account: done',
    'NPS 9 of 10',
    'Opened: Tent',
  ]);
  expect(screen.getByText('Refunds could not be read.')).toBeVisible();
});

it.each(['en-US', 'de', 'es', 'fr'])('has no accessibility violations in %s', async (locale) => {
  await show({}, locale);
  expect(await findViolations()).toEqual([]);
});
