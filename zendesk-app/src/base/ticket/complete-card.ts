// Completes a card of the former version's service, which lacks what this page shows since.
import type { CustomerCard, QueueCard, RefundCard, TicketCard, TierCard } from '@deskwright/shared/contract';

const CARD: Pick<TicketCard, 'found' | 'recordedRefunds' | 'goodwill'> = {
  found: [],
  recordedRefunds: [],
  goodwill: null,
};
const TIER: Pick<TierCard, 'quote' | 'priority'> = { quote: [], priority: null };
const QUEUE: Pick<QueueCard, 'answered' | 'lastMessageAt'> = { answered: null, lastMessageAt: null };
const REFUND: Pick<RefundCard, 'aboutMoney' | 'mayApprove'> = { aboutMoney: true, mayApprove: false };
const CUSTOMER: Pick<CustomerCard, 'feedback'> = { feedback: null };
const ANSWER: Pick<CustomerCard['answers'][number], 'drivers' | 'comment' | 'mayContact' | 'doubtful'> = {
  drivers: [],
  comment: '',
  mayContact: null,
  doubtful: false,
};

/** During an upgrade both versions answer, so a new page may get the former version's card. What it has stays as it is. */
export function completeCard(card: TicketCard): TicketCard {
  return {
    ...CARD,
    ...card,
    tier: card.tier && { ...TIER, ...card.tier },
    queue: { ...QUEUE, ...card.queue },
    refund: card.refund && { ...REFUND, ...card.refund },
    customer: {
      ...CUSTOMER,
      ...card.customer,
      answers: card.customer.answers.map((answer) => ({ ...ANSWER, ...answer })),
    },
  };
}
