// Completes a card of the former version's service, which lacks what this page shows since.
import type {
  CustomerCard,
  QueueCard,
  RecordedRefund,
  RefundApproval,
  RefundApprovals,
  RefundCard,
  SurveyAnswer,
  TicketCard,
  TierCard,
} from '@deskwright/shared/contract';

const CARD: Pick<TicketCard, 'found' | 'recordedRefunds' | 'refundApprovals' | 'goodwill'> = {
  found: [],
  recordedRefunds: [],
  refundApprovals: { here: [], elsewhere: [] },
  goodwill: null,
};
const TIER: Pick<TierCard, 'quote' | 'priority'> = { quote: [], priority: null };
const QUEUE: Pick<QueueCard, 'answered' | 'lastMessageAt'> = { answered: null, lastMessageAt: null };
const REFUND: Pick<
  RefundCard,
  'aboutMoney' | 'mayApprove' | 'share' | 'mayAsk' | 'isAnyDisputed' | 'needsPayment' | 'reasonCodes'
> = {
  aboutMoney: true,
  mayApprove: false,
  share: null,
  mayAsk: false,
  isAnyDisputed: false,
  needsPayment: false,
  reasonCodes: [],
};
const RECORDED: Pick<RecordedRefund, 'reasonCode'> = { reasonCode: null };
/** Nobody grants a refund without reading to which card it goes. */
const WITHOUT_PAYMENT: Pick<RefundApproval, 'payment' | 'mayAnswer'> = { payment: null, mayAnswer: false };
const FOUND = { isGone: false };
const APPROVAL: Pick<RefundApproval, 'isDisputed' | 'reasonCode'> = { isDisputed: false, reasonCode: null };
const CUSTOMER: Pick<CustomerCard, 'feedback' | 'hasMoreAnswers'> = { feedback: null, hasMoreAnswers: false };
const ANSWER: Pick<SurveyAnswer, 'drivers' | 'comment' | 'mayContact' | 'doubtful' | 'importedFrom'> = {
  drivers: [],
  comment: '',
  mayContact: null,
  doubtful: false,
  importedFrom: null,
};

/** During an upgrade both versions answer, so a new page may get the former version's card. What it has stays as it is. */
export function completeCard(sent: TicketCard): TicketCard {
  const card = { ...CARD, ...sent };
  return {
    ...card,
    tier: card.tier && { ...TIER, ...card.tier },
    queue: { ...QUEUE, ...card.queue },
    refund: card.refund && { ...REFUND, ...card.refund },
    recordedRefunds: card.recordedRefunds.map((refund) => ({ ...RECORDED, ...refund })),
    refundApprovals: completeApprovals(card.refundApprovals),
    customer: {
      ...CUSTOMER,
      ...card.customer,
      answers: card.customer.answers.map((answer) => ({ ...ANSWER, ...answer })),
    },
  };
}

function completeApprovals({ here, elsewhere }: RefundApprovals): RefundApprovals {
  const complete = (request: RefundApproval): RefundApproval => ({
    ...APPROVAL,
    ...request,
    ...('payment' in request ? { payment: completePayment(request.payment) } : WITHOUT_PAYMENT),
  });
  return { here: here.map(complete), elsewhere };
}

const completePayment = (payment: RefundApproval['payment']): RefundApproval['payment'] =>
  payment !== null && 'instrument' in payment ? { ...FOUND, ...payment } : payment;
