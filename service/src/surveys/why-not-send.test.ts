import { aRequester, MONDAY_NOON } from './testing/survey-fixtures.ts';
import { type SendCheck, whyNotSend } from './why-not-send.ts';

const DAY = 86_400_000;
const solved = { status: 'solved', gone: null, tags: [] };
const check = (parts: Partial<SendCheck> = {}): SendCheck => ({
  invitation: { dueAt: MONDAY_NOON, ticketId: 7, cause: 'solve', survey: 'csat' },
  ticket: solved,
  requester: aRequester(),
  unsubscribed: false,
  configured: true,
  now: MONDAY_NOON,
  ...parts,
});

test('returns null for a solved ticket of a customer', () => {
  expect(whyNotSend(check())).toBeNull();
});

test('returns null for a ticket that was closed without a merge', () => {
  expect(whyNotSend(check({ ticket: { ...solved, status: 'closed' } }))).toBeNull();
});

test.each([
  ['opened again', { ticket: { ...solved, status: 'open' } }, 'reopened'],
  ['pending again', { ticket: { ...solved, status: 'pending' } }, 'reopened'],
  ['merged', { ticket: { ...solved, gone: 'merged' } }, 'merged'],
  ['spam', { ticket: { ...solved, gone: 'spam' } }, 'spam'],
  ['deleted', { ticket: { ...solved, gone: 'deleted' } }, 'deleted'],
  ['never seen', { ticket: null }, 'deleted'],
  [
    'closed by a merge',
    { ticket: { ...solved, status: 'closed', tags: ['vip', 'closed_by_merge'] } },
    'closed_by_merge',
  ],
  ['of nobody we know', { requester: null }, 'requester_unknown'],
  ['of an agent', { requester: aRequester({ role: 'agent' }) }, 'requester_is_agent'],
  ['of an admin', { requester: aRequester({ role: 'admin' }) }, 'requester_is_agent'],
  ['of somebody suspended', { requester: aRequester({ suspended: true }) }, 'requester_suspended'],
  ['of somebody without an address', { requester: aRequester({ email: null }) }, 'no_email'],
  ['of somebody who said no', { unsubscribed: true }, 'unsubscribed'],
  ['no longer surveyed', { configured: false }, 'survey_not_configured'],
  ['due more than three days ago', { now: new Date(MONDAY_NOON.getTime() + 3 * DAY + 1) }, 'too_late'],
] as const)('returns the reason for a ticket %s', (_what, parts, reason) => {
  expect(whyNotSend(check(parts as Partial<SendCheck>))).toBe(reason);
});

const aCampaign = { dueAt: MONDAY_NOON, ticketId: null, cause: 'campaign' } as const;

test('a survey about no ticket needs none, and a pulse asks agents only', () => {
  expect(whyNotSend(check({ ticket: null, invitation: { ...aCampaign, survey: 'nps' } }))).toBeNull();
  const pulse = { ticket: null, invitation: { ...aCampaign, survey: 'pulse' } } as const;
  expect(whyNotSend(check(pulse))).toBe('requester_is_customer');
  expect(whyNotSend(check({ ...pulse, requester: aRequester({ role: 'agent' }) }))).toBeNull();
});

test('a survey that an agent asked for does not wait for a solve, and ends with its ticket', () => {
  const invitation = { dueAt: MONDAY_NOON, ticketId: 7, cause: 'request', survey: 'csat' } as const;
  expect(whyNotSend(check({ invitation, ticket: { ...solved, status: 'open' } }))).toBeNull();
  expect(whyNotSend(check({ invitation, ticket: { ...solved, gone: 'merged' } }))).toBe('merged');
});
