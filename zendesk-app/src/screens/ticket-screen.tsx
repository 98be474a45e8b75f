// In which order does an agent read the cards of a ticket?
import type { TicketCard } from '@deskwright/shared/contract';
import { useMemo, useState } from 'react';
import { CustomerCard } from '../cards/customer-card.tsx';
import { EscalateCard } from '../cards/escalate-card.tsx';
import { GuidanceCard } from '../cards/guidance-card.tsx';
import { type MoveState, openForm } from '../cards/move-state.ts';
import { moveTargets } from '../cards/move-target.ts';
import { QueueCard } from '../cards/queue-card.tsx';
import { RefundCard } from '../cards/refund-card.tsx';
import { TierCard } from '../cards/tier-card.tsx';
import { useCanAct, useSidebar, useTicketView } from '../state/sidebar-context.tsx';
import { StepsProvider } from '../state/steps-context.tsx';
import { Loading } from './loading.tsx';
import { ReadOnlyLine, TroubleLine } from './trouble-line.tsx';
import { TroubleScreen } from './trouble-screen.tsx';

export function TicketScreen() {
  const { card, trouble } = useTicketView();
  if (card === null) return trouble === null ? <Loading /> : <TroubleScreen trouble={trouble} />;
  const readOnly = card.ticket.closed ? 'closed' : card.rights.edit ? null : 'read_only';
  return (
    <>
      {trouble === null ? null : <TroubleLine trouble={trouble} asOf={card.asOf} />}
      {readOnly === null ? null : <ReadOnlyLine because={readOnly} />}
      <Cards card={card} />
    </>
  );
}

/** What is dangerous not to know comes first and fits on the first screen: where it belongs, who waits, how much money. */
function Cards({ card }: { readonly card: TicketCard }) {
  const { store } = useSidebar();
  const canTick = useCanAct();
  const canReply = !card.ticket.closed;
  const [move, setMove] = useState<MoveState>({ at: 'ways' });
  const up = moveTargets(card).find(({ how }) => how === 'up');
  const steps = useMemo(() => ({ canTick, canReply, tick: store.tick }), [canTick, canReply, store]);
  return (
    <StepsProvider value={steps}>
      <TierCard
        card={card}
        onEscalate={() => {
          if (up !== undefined) setMove((before) => openForm(before, up));
        }}
      />
      <QueueCard card={card} />
      {card.refund === null ? null : <RefundCard refund={card.refund} />}
      {/* Before the category is decided there is none to lack guidance. */}
      {card.tier === null && card.guidance === null ? null : (
        <GuidanceCard guidance={card.guidance} toneOfVoice={card.toneOfVoice} />
      )}
      <EscalateCard card={card} move={move} onMove={setMove} />
      <CustomerCard customer={card.customer} />
    </StepsProvider>
  );
}
