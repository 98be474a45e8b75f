// The guidance card: what to do next, with steps to tick and canned replies.
import type { TicketCard } from '@deskwright/shared/contract';
import { useMemo, useRef, useState } from 'react';
import type { CardDefinition } from '../../base/card-definition.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct, useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { tickStep } from './actions.ts';
import { GuidanceSection } from './guidance-section.tsx';
import { NewTicketGuidance } from './new-ticket-guidance.tsx';
import { type Steps, StepsProvider } from './steps-context.tsx';
import { texts } from './texts.ts';
import { WordingSearch } from './wording-search.tsx';

function GuidanceCard({ card }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  const { store, agentName, now } = useSidebar();
  const canTick = useCanAct();
  const canReply = !card.ticket.closed;
  const steps = useMemo<Steps>(
    () => ({
      canTick,
      canReply,
      tick: (stepId, done) =>
        store.perform(tickStep(stepId, done ? { by: agentName, at: new Date(now()).toISOString() } : null)),
    }),
    [canTick, canReply, store, agentName, now],
  );
  const [searching, setSearching] = useState(false);
  const searchButton = useRef<HTMLButtonElement>(null);
  const search = {
    button: (
      <LinkButton
        ref={searchButton}
        aria-label={t('search.open')}
        aria-expanded={searching}
        aria-keyshortcuts="s"
        onClick={() => setSearching(!searching)}
      >
        {t('search.button')}
      </LinkButton>
    ),
    panel: searching ? <WordingSearch own={card.guidance} /> : null,
    onEscape: searching
      ? () => {
          setSearching(false);
          searchButton.current?.focus();
        }
      : null,
  };
  // Until the ticket has a category, missing guidance is not worth a message.
  if (card.tier === null && card.guidance === null) return null;
  return (
    <StepsProvider value={steps}>
      <GuidanceSection guidance={card.guidance} toneOfVoice={card.toneOfVoice} search={search} found={card.found} />
    </StepsProvider>
  );
}

export const guidanceCard: CardDefinition = { texts, Card: GuidanceCard, NewTicket: NewTicketGuidance };
