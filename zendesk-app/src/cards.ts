// Lists the sidebar's cards in the order in which they are shown.
import type { CardDefinition } from './base/card-definition.ts';
import { approvalsCard } from './cards/approvals/approvals-card.tsx';
import { customerCard } from './cards/customer/customer-card.tsx';
import { escalationCard } from './cards/escalation/escalation-card.tsx';
import { followUpCard } from './cards/follow-up/follow-up-card.tsx';
import { goodwillCard } from './cards/goodwill/goodwill-card.tsx';
import { guidanceCard } from './cards/guidance/guidance-card.tsx';
import { queueCard } from './cards/queue/queue-card.tsx';
import { refundCard } from './cards/refund/refund-card.tsx';
import { tierCard } from './cards/tier/tier-card.tsx';
import { timelineCard } from './cards/timeline/timeline-card.tsx';
import { toolsCard } from './cards/tools/tools-card.tsx';
import { verificationCard } from './cards/verification/verification-card.tsx';

/** The first is the sticky head and the last the sticky foot. A new card is a folder in `cards/` and a line here. */
export const CARDS: readonly CardDefinition[] = [
  tierCard,
  queueCard,
  followUpCard,
  guidanceCard,
  refundCard,
  approvalsCard,
  customerCard,
  goodwillCard,
  verificationCard,
  toolsCard,
  timelineCard,
  escalationCard,
];
