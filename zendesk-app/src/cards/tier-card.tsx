// Where does this ticket belong, and why?
import type { Escalation, Status, TicketCard, TierCard as Tier } from '@deskwright/shared/contract';
import { IconButton } from '@zendeskgarden/react-buttons';
import pencil from '@zendeskgarden/svg-icons/src/16/pencil-stroke.svg?raw';
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { useWords, type Words } from '../i18n/words-context.tsx';
import { Opener } from '../parts/disclosure.tsx';
import { Icon } from '../parts/icon.tsx';
import { Section } from '../parts/section.tsx';
import { Row, Stack, Subtle } from '../parts/text.tsx';
import { TierName } from '../parts/tier-name.tsx';
import { useCanAct } from '../state/sidebar-context.tsx';
import { CorrectCategory } from './correct-category.tsx';
import { Correction } from './correction.tsx';
import { EscalateWarning } from './escalate-warning.tsx';
import { Why } from './why.tsx';

const Category = styled.span`
  /* Between Garden's md and lg: most names then share the line with their tier. */
  font-size: 16px;
  line-height: 24px;
`;

/** The badge says where it belongs: where it is must not be overlooked beside it. */
const Where = styled.p`
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;

interface TierCardProps {
  readonly card: TicketCard;
  /** Opens the form for the next tier. */
  readonly onEscalate: () => void;
}

export function TierCard({ card, onEscalate }: TierCardProps) {
  if (card.tier === null) return <Undecided status={card.ticket.status} />;
  const warning = <EscalateWarning {...card.escalation} onEscalate={onEscalate} />;
  return <Decided tier={card.tier} rights={card.rights} staysWith={staysWith(card)} warning={warning} />;
}

/** A correction takes a ticket neither from its agent nor from the department that has it. Null: it goes to the other tier. */
function staysWith({ ticket, tier, queue }: TicketCard): string | null {
  if (ticket.status === 'solved') return null;
  return tier?.assignee ?? queue.department?.name ?? null;
}

function Undecided({ status }: { readonly status: Status }) {
  const { t } = useWords();
  // Tickets are sorted while somebody works on them: of a finished one, no decision will ever come.
  if (status === 'solved' || status === 'closed') {
    return (
      <Section title={t('tier.finished_title')}>
        <Subtle>{t('tier.finished')}</Subtle>
      </Section>
    );
  }
  return (
    <Section title={t('tier.undecided_title')}>
      <Subtle role="status">{t('tier.undecided')}</Subtle>
    </Section>
  );
}

/** Rules have words of the policy, and those stay as they are written. What no rule decided is said in the agent's language. */
function sentenceOf(tier: Tier, t: Words['t']): string {
  if (tier.reason.by === 'human') return tier.passedOn === null ? t('why.human') : passedOnWords(tier.passedOn, t);
  if (tier.reason.by === 'default') return t('why.default', { category: tier.category.name });
  return withoutPlace(tier);
}

function passedOnWords({ how, by, to }: Escalation, t: Words['t']): string {
  switch (how) {
    case 'up':
      return t('why.escalated', { by, to });
    case 'back':
      return t('why.handed_back', { by, to });
    case 'hand_off':
      return t('why.handed_off', { by, to });
  }
}

/** The service's sentence may begin with category and tier, which the heading has just said. */
function withoutPlace({ sentence, category, tier }: Tier): string {
  const place = `${category.name}, ${tier.name}: `;
  if (!sentence.startsWith(place)) return sentence;
  const rest = sentence.slice(place.length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

interface DecidedProps extends Pick<TicketCard, 'rights'> {
  readonly tier: Tier;
  readonly staysWith: string | null;
  /** To escalate is what the agent must not overlook. */
  readonly warning: ReactNode;
}

function Decided({ tier, rights, staysWith, warning }: DecidedProps) {
  const { t } = useWords();
  const canAct = useCanAct();
  const [open, setOpen] = useState<'why' | 'correct' | null>(null);
  const pencilButton = useRef<HTMLButtonElement>(null);
  const whyButton = useRef<HTMLButtonElement>(null);
  const corrected = useRef(false);
  const whyId = useId();

  // The form is gone when it is done: the focus goes back to where it came from instead of to the page's top.
  useLayoutEffect(() => {
    if (corrected.current && open === null) pencilButton.current?.focus();
    corrected.current = open === 'correct';
  }, [open]);

  function close(): void {
    // The correction's button gets the focus whichever way its form goes.
    if (open === 'why') whyButton.current?.focus();
    setOpen(null);
  }

  const title = (
    <Row as="span">
      <TierName>{tier.tier.name}</TierName> <Category>{tier.category.name}</Category>
    </Row>
  );
  const buttons = (
    <Row>
      <Opener
        ref={whyButton}
        label={t('tier.why')}
        open={open === 'why'}
        controls={whyId}
        onToggle={() => setOpen(open === 'why' ? null : 'why')}
      />
      <IconButton
        ref={pencilButton}
        size="small"
        aria-label={t('tier.correct')}
        title={t('tier.correct')}
        aria-expanded={open === 'correct'}
        disabled={!canAct || !rights.correct}
        onClick={() => setOpen(open === 'correct' ? null : 'correct')}
      >
        <Icon svg={pencil} />
      </IconButton>
    </Row>
  );
  return (
    <Section title={title} aside={buttons} onEscape={open === null ? null : close}>
      <Stack $gap={6}>
        <p>{sentenceOf(tier, t)}</p>
        {tier.heldBy === null ? null : <Where>{t('tier.held_by', { tier: tier.heldBy.name })}</Where>}
        {open === 'why' ? (
          <div id={whyId}>
            <Why tier={tier} />
          </div>
        ) : null}
        {open === 'correct' ? <CorrectCategory tier={tier} staysWith={staysWith} onDone={() => setOpen(null)} /> : null}
        {rights.edit && !rights.correct ? <Subtle>{t('tier.no_tags')}</Subtle> : null}
        {warning}
        {tier.correction === null ? null : (
          <Correction
            correction={tier.correction}
            allowed={rights.correct}
            onUndone={() => pencilButton.current?.focus()}
          />
        )}
      </Stack>
    </Section>
  );
}
