// Builds ticket cards for tests and for the gallery.
import type {
  CustomerCard,
  DepartmentCard,
  Escalation,
  EscalationCard,
  FollowUpCard,
  GoodwillCard,
  GuidanceCard,
  Money,
  QueueCard,
  RecordedRefund,
  RefundApproval,
  RefundCard,
  Step,
  SurveyAnswer,
  TicketCard,
  TierCard,
  Waiting,
  Way,
} from '@deskwright/shared/contract';

/** Tuesday, 3 November 2026, 15:12 UTC. */
export const NOW = Date.parse('2026-11-03T15:12:00.000Z');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An instant this long before `NOW`. */
export function ago(ms: number): string {
  return new Date(NOW - ms).toISOString();
}

export function usd(amount: number): Money {
  return { minor: Math.round(amount * 100), currency: 'USD' };
}

/** A refund ticket in Tier 1 whose customer is waiting, with all cards filled. */
export function aCard(parts: Partial<TicketCard> = {}): TicketCard {
  return {
    ticket: { id: 42, status: 'open', priority: 'normal', closed: false },
    rights: { edit: true, correct: true },
    asOf: ago(0),
    tier: aTier(),
    queue: aQueue(),
    guidance: aGuidance(),
    found: [],
    toneOfVoice: 'Warm and short. Say sorry once, then help.',
    escalation: anEscalation(),
    departments: [
      aDepartment(),
      aDepartment({
        id: 'finance',
        name: 'Finance',
        open: false,
        opensAt: ago(-18 * HOUR),
        handles: 'Chargebacks and payouts',
        contact: 'Duty phone +1 555 0100',
        answersWithin: '1d',
      }),
    ],
    refund: aRefund(),
    recordedRefunds: [],
    refundApprovals: { here: [], elsewhere: [] },
    goodwill: null,
    customer: aCustomer(),
    ...parts,
  };
}

/** $90 of $100 left; a credit was given on the ticket. */
export function aGoodwill(parts: Partial<GoodwillCard> = {}): GoodwillCard {
  return {
    perDay: usd(100),
    leftToday: usd(90),
    items: [
      { id: 'credit_10', name: 'Credit of $10', kind: 'credit', value: usd(10), leftThisMonth: null, isLeft: true },
      {
        id: 'trail_club',
        name: 'A year of Trail Club',
        kind: 'free_account',
        value: usd(59),
        leftThisMonth: 0,
        isLeft: false,
      },
    ],
    examples: ['A parcel that came too late for a birthday'],
    given: [
      {
        id: 1,
        name: 'Credit of $10',
        value: usd(10),
        give: 'Code THANKS-10',
        by: 'Lena Fischer',
        at: ago(60_000),
        takenBackAt: null,
        mayTakeBack: true,
      },
    ],
    ...parts,
  };
}

export function aTier(parts: Partial<TierCard> = {}): TierCard {
  return {
    category: { id: 'refunds', name: 'Refunds' },
    tier: { id: 't1', name: 'Tier 1', handles: 'General questions' },
    heldBy: null,
    assignee: null,
    sentence: 'Asks for money back: the text says “money back”',
    reason: {
      by: 'trigger',
      triggerId: 'refunds',
      title: 'Asks for money back',
      conditions: [
        {
          field: 'text',
          operator: 'includes_any',
          wanted: [
            'refund~*',
            'money back',
            'chargeback',
            'reimburse',
            'restitution',
            'compensation',
            'rebate',
            'returned it',
          ],
          saw: ['money back'],
          held: true,
        },
        { field: 'status', operator: 'less_than', wanted: 'solved', saw: 'open', held: true },
        { field: 'text', operator: 'includes_any', wanted: ['charged twice'], saw: [], held: false },
      ],
    },
    quote: [],
    priority: null,
    nearestMiss: {
      triggerId: 'cancellation-fee',
      title: 'Asks what cancelling costs',
      missedBy: [{ field: 'text', operator: 'includes_any', wanted: ['fee', 'penalty', 'cost'], saw: [], held: false }],
    },
    decidedAt: ago(2 * DAY),
    placedBy: 'policy',
    passedOn: null,
    policySaid: null,
    correction: null,
    categories: [
      { id: 'delivery', name: 'Delivery', tierName: 'Tier 1' },
      { id: 'refunds', name: 'Refunds', tierName: 'Tier 1' },
      { id: 'warranty', name: 'Warranty', tierName: 'Tier 2' },
    ],
    movesTo: { warranty: 'Tier 2' },
    ...parts,
  };
}

/** Two sentences of the customer, with a word found in each. */
export function aQuote(): TierCard['quote'] {
  return [
    [
      { text: 'I sent both tents back three weeks ago and only got ', found: false },
      { text: 'refunded', found: true },
      { text: ' for the Kestrel.', found: false },
    ],
    [
      { text: 'When do I see the rest of my ', found: false },
      { text: 'money back', found: true },
      { text: '?', found: false },
    ],
  ];
}

/** Corrected three minutes ago from Refunds, in Tier 1, to Warranty. */
export function aCorrectedTier(): TierCard {
  return aTier({
    category: { id: 'warranty', name: 'Warranty' },
    tier: { id: 't2', name: 'Tier 2', handles: null },
    correction: {
      id: 3,
      from: { id: 'refunds', name: 'Refunds' },
      to: { id: 'warranty', name: 'Warranty' },
      by: 'Ann Miller',
      at: ago(3 * 60_000),
    },
  });
}

export function aQueue(parts: Partial<QueueCard> = {}): QueueCard {
  return {
    waiting: aWaiting(),
    answered: null,
    lastMessageAt: ago(2 * DAY + 4 * HOUR),
    department: null,
    nextOldest: { ticketId: 1042, subject: 'Where is my tent?', waitingSince: ago(3 * DAY) },
    ...parts,
  };
}

export function aWaiting(parts: Partial<Waiting> = {}): Waiting {
  return {
    since: ago(2 * DAY + 4 * HOUR),
    calendarMs: 2 * DAY + 4 * HOUR,
    businessMs: 11 * HOUR + 20 * MINUTE,
    place: 4,
    of: 31,
    chasers: 0,
    target: null,
    ...parts,
  };
}

export function aRefund(parts: Partial<RefundCard> = {}): RefundCard {
  return {
    aboutMoney: true,
    mayApprove: false,
    perRefund: usd(50),
    share: null,
    mayAsk: false,
    isAnyDisputed: false,
    needsPayment: false,
    perDay: usd(200),
    usedToday: usd(60),
    leftToday: usd(140),
    upTo: usd(50),
    because: { by: 'tier', tierName: 'Tier 1' },
    approvers: ['Lena Fischer'],
    verifyAbove: usd(100),
    reasonCodes: [],
    ...parts,
  };
}

/** Ann Miller's, three minutes ago. */
export function aRecordedRefund(parts: Partial<RecordedRefund> = {}): RecordedRefund {
  return {
    id: 3,
    amount: usd(12.5),
    reason: 'Arrived broken',
    reasonCode: null,
    by: 'Ann Miller',
    at: ago(3 * MINUTE),
    undone: null,
    mayUndo: false,
    ...parts,
  };
}

/** Of $90 to a card that was found by the customer's address; this agent may answer. */
export function anApproval(parts: Partial<RefundApproval> = {}): RefundApproval {
  return {
    id: 7,
    amount: usd(90),
    payment: {
      payment: 'stripe:ch_1',
      instrument: { kind: 'card', brand: 'visa', last4: '4242' },
      isGone: false,
      match: 'email',
    },
    isDisputed: false,
    reason: 'It leaked',
    reasonCode: null,
    rule: 'refunds.limits of tier t1: per_refund',
    by: 'Lena Fischer',
    at: ago(MINUTE),
    until: ago(-HOUR),
    state: 'open',
    isEscalated: false,
    answer: null,
    granted: null,
    mayAnswer: true,
    mayWithdraw: false,
    ...parts,
  };
}

export function aStep(id: string, text: string, parts: Partial<Step> = {}): { kind: 'step' } & Step {
  return { kind: 'step', id, text: [{ kind: 'text', text }], blocks: [], doneBy: null, doneAt: null, ...parts };
}

export function aGuidance(parts: Partial<GuidanceCard> = {}): GuidanceCard {
  return {
    categoryId: 'refunds',
    title: 'Refunds',
    done: 2,
    steps: 5,
    blocks: [
      {
        kind: 'paragraph',
        text: [
          { kind: 'text', text: 'Refund first, ask why ' },
          { kind: 'strong', text: 'afterwards' },
          { kind: 'text', text: '.' },
        ],
      },
      {
        kind: 'list',
        ordered: false,
        items: [
          aStep('thank', 'Thank them and say sorry', { doneBy: 'Ann Miller', doneAt: ago(HOUR) }),
          aStep('order', 'Ask for the order number', {
            doneBy: 'Ann Miller',
            doneAt: ago(50 * MINUTE),
            blocks: [{ kind: 'reply', text: 'Hi Jo,\n\nI am sorry about this. Could you send me your order number?' }],
          }),
          aStep('find', 'Find the order', {
            text: [
              { kind: 'text', text: 'Find the order in the ' },
              { kind: 'link', text: 'shop', href: 'https://shop.example/admin' },
              { kind: 'text', text: ' and note ' },
              { kind: 'code', text: 'total_paid' },
            ],
          }),
          aStep('issue', 'Issue the refund'),
          aStep('tell', 'Tell the customer when the money arrives'),
        ],
      },
      { kind: 'heading', level: 2, text: [{ kind: 'text', text: 'When the parcel is still on its way' }] },
      {
        kind: 'list',
        ordered: true,
        items: [
          { kind: 'item', text: [{ kind: 'text', text: 'Call the parcel back.' }], blocks: [] },
          { kind: 'item', text: [{ kind: 'text', text: 'Refund once it is back.' }], blocks: [] },
        ],
      },
    ],
    ...parts,
  };
}

export function aDestination(id: string, name: string, parts: Partial<Way> = {}): Way {
  return { id, name, missingGroup: null, closedGroup: null, ...parts };
}

/** Ann Miller's hand-off to the warehouse. */
export function aHandOff(parts: Partial<Escalation> = {}): Escalation {
  return {
    id: 7,
    how: 'hand_off',
    from: 'Tier 1',
    to: 'Warehouse',
    by: 'Ann Miller',
    at: ago(21 * HOUR),
    said: [
      { label: 'Order number', text: 'A-17' },
      { label: 'What should they do?', text: 'Look whether the second tent is on the shelf.\nSend it if it is.' },
    ],
    ...parts,
  };
}

/** For a ticket that cannot be moved: solved, closed, or without a category. */
export const NO_DESTINATION = { from: null, next: null, back: [], criteria: [] } as const;

export function anEscalation(parts: Partial<EscalationCard> = {}): EscalationCard {
  return {
    from: { id: 't1', name: 'Tier 1' },
    next: aDestination('t2', 'Tier 2'),
    back: [],
    criteria: [
      { text: 'The refund is over $250', holds: false },
      { text: 'Somebody threatens with a lawyer', holds: false },
      { text: 'You have no idea what else to try', holds: null },
    ],
    fields: [
      { id: 'summary', label: 'Summary', hint: null, required: true },
      { id: 'steps_tried', label: 'Steps tried', hint: 'One step a line', required: true },
      { id: 'customer_impact', label: 'Customer impact', hint: null, required: false },
    ],
    moves: 0,
    history: [],
    asked: [{ text: 'Could you send me your order number?', by: 'Ann Miller', at: ago(50 * MINUTE) }],
    ...parts,
  };
}

export function aDepartment(parts: Partial<DepartmentCard> = {}): DepartmentCard {
  return {
    id: 'warehouse',
    name: 'Warehouse',
    missingGroup: null,
    closedGroup: null,
    hasTicket: false,
    handles: 'Parcels that are lost or damaged',
    fields: [{ id: 'order', label: 'Order number', hint: null, required: true }],
    open: true,
    opensAt: null,
    timeZone: 'America/New_York',
    contact: 'Ana, extension 214',
    answersWithin: '8bh',
    ...parts,
  };
}

/** Of an NPS answer, on ticket 42, to be done in 20 hours. */
export function aFollowUp(parts: Partial<FollowUpCard> = {}): FollowUpCard {
  return {
    id: 7,
    ticketId: 42,
    state: 'open',
    dueAt: ago(-20 * HOUR),
    answers: [
      {
        survey: 'nps',
        score: 3,
        outOf: 10,
        drivers: [{ en: 'How fast it went', de: 'Wie schnell es ging' }],
        comment: 'Nobody answered.',
      },
    ],
    choices: {
      outcomes: [
        { id: 'not_reached', name: null, needsCause: false },
        { id: 'resolved', name: null, needsCause: true },
        { id: 'credited', name: 'Credit given', needsCause: false },
      ],
      rootCauses: [{ id: 'speed', name: null }],
    },
    recorded: null,
    ...parts,
  };
}

export const anAnswer = (
  parts: Pick<SurveyAnswer, 'survey' | 'score' | 'outOf' | 'at'> & Partial<SurveyAnswer>,
): SurveyAnswer => ({
  good: true,
  ticketId: null,
  drivers: [],
  comment: '',
  mayContact: null,
  doubtful: false,
  importedFrom: null,
  ...parts,
});

export function aCustomer(parts: Partial<CustomerCard> = {}): CustomerCard {
  return {
    name: 'Jo Rivera',
    feedback: { survey: 'csat', requestedAt: null },
    answers: [
      anAnswer({ survey: 'ces', score: 6, outOf: 7, at: '2026-05-12T09:00:00.000Z', ticketId: 31 }),
      anAnswer({
        survey: 'csat',
        score: 2,
        outOf: 5,
        good: false,
        at: '2025-12-02T09:00:00.000Z',
        ticketId: 17,
        drivers: [{ en: 'How fast it was' }],
        comment: 'Two weeks for a tent. I had to ask three times.',
        mayContact: true,
      }),
    ],
    hasMoreAnswers: false,
    open: [
      {
        id: 38,
        subject: 'Discount code does not work',
        status: 'pending',
        categoryName: 'Payment',
        openedAt: ago(5 * DAY),
        waitingSince: null,
        finishedAt: null,
      },
      {
        id: 41,
        subject: 'Change my address',
        status: 'new',
        categoryName: null,
        openedAt: ago(3 * HOUR),
        waitingSince: ago(3 * HOUR),
        finishedAt: null,
      },
    ],
    openCount: 2,
    recent: [
      {
        id: 31,
        subject: 'Boots too small',
        status: 'solved',
        categoryName: 'Refunds',
        openedAt: '2026-05-08T09:00:00.000Z',
        waitingSince: null,
        finishedAt: '2026-05-11T09:00:00.000Z',
      },
    ],
    promises: [],
    ...parts,
  };
}
