// Lists the states of the sidebar that the gallery shows.
import type { TicketCard } from '@deskwright/shared/contract';
import {
  aCard,
  aCustomer,
  aDepartment,
  aDestination,
  aFollowUp,
  aGoodwill,
  aGuidance,
  ago,
  aHandOff,
  anEscalation,
  aQueue,
  aQuote,
  aRecordedRefund,
  aRefund,
  aTier,
  aWaiting,
  NO_DESTINATION,
  usd,
} from '../src/testing/card-builders.ts';
import { type FakeAnswer, ok, refusal } from '../src/testing/fake-service.ts';

export interface GalleryState {
  /** What the service answers to the card; a list: one after the other, then the last for ever. */
  readonly card?: FakeAnswer | readonly FakeAnswer[];
  readonly guidance?: FakeAnswer;
  readonly act?: FakeAnswer;
  readonly newTicket?: boolean;
  /** The agent has chosen "Internal note" in Zendesk. */
  readonly internalNote?: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const shows = (parts: Partial<TicketCard>): GalleryState => ({ card: ok(aCard(parts)) });

const BY_HAND = { reason: { by: 'human', what: 'category or group' }, nearestMiss: null, placedBy: 'human' } as const;

export const STATES: Readonly<Record<string, GalleryState>> = {
  usual: shows({ tier: aTier({ quote: aQuote() }) }),
  urgent: shows({
    tier: aTier({ sentence: 'Asks for money back: the text says “chargeback” and “lawyer”' }),
    queue: aQueue({
      waiting: aWaiting({
        place: 1,
        chasers: 3,
        target: { kind: 'first_reply', within: '4bh', dueAt: ago(7 * HOUR), missed: true, because: null },
      }),
    }),
    escalation: anEscalation({
      criteria: [
        { text: 'Customer threatens legal action', holds: true },
        { text: 'The refund is over $250', holds: false },
      ],
      moves: 2,
      from: { id: 't2', name: 'Tier 2' },
      back: [aDestination('t1', 'Tier 1')],
      next: aDestination('t3', 'Tier 3'),
      history: [
        {
          id: 1,
          how: 'up',
          from: 'Tier 1',
          to: 'Tier 2',
          by: 'Ann Miller',
          at: ago(20 * HOUR),
          said: [
            { label: 'Summary', text: 'Charged twice for one tent.' },
            { label: 'Steps tried', text: 'Checked the order.\nAsked for a bank statement.' },
          ],
        },
      ],
    }),
    customer: aCustomer({
      promises: [{ text: 'I will call you back by Monday', by: 'Omar Haddad', at: ago(30 * HOUR), ticketId: 42 }],
    }),
  }),
  due_soon: shows({
    queue: aQueue({
      waiting: aWaiting({
        calendarMs: 3 * HOUR + 20 * MINUTE,
        businessMs: 40 * MINUTE,
        chasers: 1,
        target: {
          kind: 'next_reply',
          within: '4bh',
          dueAt: ago(-40 * MINUTE),
          missed: false,
          because: 'Our closest competitor answers within a day',
        },
      }),
    }),
  }),
  at_department: shows({
    queue: aQueue({
      waiting: aWaiting({ place: null, chasers: 2 }),
      department: { name: 'Warehouse', since: ago(21 * HOUR), handedOver: aHandOff() },
    }),
    tier: aTier({ ...BY_HAND, passedOn: aHandOff() }),
    escalation: anEscalation({ moves: 1, history: [aHandOff()], back: [aDestination('t1', 'Tier 1')] }),
    departments: [aDepartment({ hasTicket: true })],
  }),
  held_by_another: shows({
    tier: aTier({ heldBy: { id: 't2', name: 'Tier 2' }, assignee: 'Omar Haddad' }),
    escalation: anEscalation({
      from: { id: 't2', name: 'Tier 2' },
      next: aDestination('t3', 'Tier 3'),
      back: [aDestination('t1', 'Tier 1')],
      criteria: [{ text: 'Code must change', holds: null }],
    }),
  }),
  escalated: shows({
    tier: aTier({
      ...BY_HAND,
      tier: { id: 't2', name: 'Tier 2', handles: 'Technical questions' },
      passedOn: aHandOff({ how: 'up', to: 'Tier 2' }),
    }),
    escalation: anEscalation({
      from: { id: 't2', name: 'Tier 2' },
      next: null,
      back: [aDestination('t1', 'Tier 1')],
      criteria: [],
      moves: 1,
      history: [aHandOff({ how: 'up', to: 'Tier 2' })],
    }),
  }),
  assigned: shows({ tier: aTier({ assignee: 'Omar Haddad' }) }),
  read_only: shows({ rights: { edit: false, correct: false } }),
  group_closed: shows({
    rights: { edit: true, correct: false },
    escalation: anEscalation({ next: aDestination('t2', 'Tier 2', { closedGroup: 'Support Tier 2' }) }),
    departments: [aDepartment({ closedGroup: 'Lager' })],
  }),
  group_missing: shows({
    escalation: anEscalation({ next: aDestination('t2', 'Tier 2', { missingGroup: 'Support Tier 2' }) }),
    departments: [aDepartment({ missingGroup: 'Lager' })],
  }),
  corrected: shows({
    tier: aTier({
      category: { id: 'warranty', name: 'Warranty' },
      tier: { id: 't2', name: 'Tier 2', handles: 'Technical questions' },
      sentence: 'Ann Miller corrected the category',
      reason: { by: 'human', what: 'category' },
      nearestMiss: null,
      placedBy: 'human',
      correction: {
        id: 3,
        from: { id: 'refunds', name: 'Refunds' },
        to: { id: 'warranty', name: 'Warranty' },
        by: 'Ann Miller',
        at: ago(3 * MINUTE),
      },
    }),
  }),
  undecided: shows({ tier: null, guidance: null, refund: aRefund(), escalation: anEscalation(NO_DESTINATION) }),
  finished_unsorted: shows({
    ticket: { id: 42, status: 'solved', priority: null, closed: false },
    tier: null,
    guidance: null,
    queue: aQueue({ waiting: null, nextOldest: null }),
    escalation: anEscalation({ ...NO_DESTINATION, asked: [] }),
    departments: [],
  }),
  solved: shows({
    ticket: { id: 42, status: 'solved', priority: 'normal', closed: false },
    queue: aQueue({ waiting: null }),
    escalation: anEscalation(NO_DESTINATION),
    departments: [],
  }),
  quiet: shows({
    queue: aQueue({ waiting: null, nextOldest: null }),
    guidance: null,
    refund: null,
    toneOfVoice: null,
    departments: [],
    escalation: anEscalation({ next: null, criteria: [], asked: [] }),
    customer: aCustomer({ name: null, answers: [], open: [], openCount: 0, recent: [] }),
  }),
  refund_none: shows({
    refund: aRefund({
      perRefund: usd(0),
      perDay: usd(0),
      usedToday: usd(0),
      leftToday: usd(0),
      upTo: usd(0),
      because: { by: 'agent' },
    }),
  }),
  refund_recorded: shows({
    recordedRefunds: [
      aRecordedRefund({ mayUndo: true }),
      aRecordedRefund({ id: 2, undone: { by: 'Ann Miller', at: ago(HOUR) }, at: ago(2 * HOUR) }),
    ],
  }),
  refund_asked_for: shows({ refund: aRefund({ aboutMoney: false }) }),
  refund_approver: shows({ refund: aRefund({ mayApprove: true }), goodwill: aGoodwill() }),
  refund_trainee: shows({
    refund: aRefund({
      perRefund: usd(0),
      perDay: usd(0),
      usedToday: usd(0),
      leftToday: usd(0),
      upTo: usd(0),
      because: { by: 'agent', name: 'Trainees' },
    }),
  }),
  refund_unused: shows({ refund: aRefund({ usedToday: usd(0), leftToday: usd(200) }) }),
  refund_used_up: shows({ refund: aRefund({ usedToday: usd(200), leftToday: usd(0), upTo: usd(0) }) }),
  closed: shows({
    ticket: { id: 42, status: 'closed', priority: 'normal', closed: true },
    queue: aQueue({ waiting: null, nextOldest: null }),
    escalation: anEscalation({ ...NO_DESTINATION, moves: 1, history: [aHandOff({ how: 'up', to: 'Tier 2' })] }),
    departments: [],
    refund: null,
  }),
  follow_up: shows({ followUp: aFollowUp() }),
  long_words: shows({
    tier: aTier({
      category: { id: 'x', name: 'Rückerstattungsangelegenheiten und Gutschriften' },
      tier: { id: 't1', name: 'Kundendienst-Grundversorgung', handles: null },
      sentence:
        'Asks for money back: the text says “https://shop.example/orders/12345678901234567890/returns/abcdefghijklmnopqrstuvwxyz”',
    }),
    guidance: aGuidance({ done: 2 }),
    queue: aQueue({
      nextOldest: {
        ticketId: 1042,
        subject: 'Where is the tent that I ordered for my sister in the middle of July?',
        waitingSince: ago(76 * HOUR),
      },
    }),
  }),
  wording: {
    internalNote: true,
    ...shows({ guidance: aGuidance({ blocks: [{ kind: 'reply', text: 'It arrives by [day]: [tracking link].' }] }) }),
  },
  loading: { card: 'never' },
  forbidden: { card: refusal(403, 'forbidden') },
  not_found: { card: refusal(404, 'not_found') },
  failed: { card: refusal(500, 'internal') },
  session_ended: { card: refusal(401, 'token_expired') },
  unreachable: { card: 'no network' },
  unreachable_later: { card: [ok(aCard({ asOf: ago(5 * MINUTE) })), 'no network'] },
  new_ticket: {
    newTicket: true,
    guidance: ok({ toneOfVoice: 'Warm and short.', categories: [aGuidance({ done: 0 })] }),
  },
};
