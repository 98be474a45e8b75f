// The tier card: category, tier and the reason for both.
import type { Escalation, Status, TicketCard, TierCard as Tier } from '@deskwright/shared/contract';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import type { CardDefinition } from '../../base/card-definition.ts';
import { type TextsOf, useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { DisclosureButton } from '../../base/ui/disclosure.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Row, Stack, Subtle } from '../../base/ui/text.tsx';
import { CorrectCategory } from './correct-category.tsx';
import { Correction } from './correction.tsx';
import { QuoteLine } from './quote.tsx';
import { texts } from './texts.ts';
import { TierName } from './tier-name.tsx';
import { Why } from './why.tsx';

const Category = styled.span`
  font-size: ${({ theme }) => theme.fontSizes.lg};
  line-height: 24px;
`;

/** Bold, because the tag in the title names another tier. */
const HeldBy = styled.p`
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;

function TierCard({ card }: { readonly card: TicketCard }) {
  if (card.tier === null) return <Undecided status={card.ticket.status} />;
  return (
    <Decided
      tier={card.tier}
      department={yourDepartment(card)}
      priority={card.ticket.priority}
      rights={card.rights}
      staysWith={staysWith(card)}
    />
  );
}

/** After a correction, a ticket stays with its agent or its department. Null: it has neither and moves to the other tier. */
function staysWith({ ticket, tier, queue }: TicketCard): string | null {
  if (ticket.status === 'solved') return null;
  return tier?.assignee ?? queue.department?.name ?? null;
}

function Undecided({ status }: { readonly status: Status }) {
  const { t } = useTexts(texts);
  // Solved and closed tickets are never decided.
  if (status === 'solved' || status === 'closed') {
    return (
      <Section title={t('finished_title')}>
        <Subtle>{t('finished')}</Subtle>
      </Section>
    );
  }
  return (
    <Section title={t('undecided_title')}>
      <Subtle role="status">{t('undecided')}</Subtle>
    </Section>
  );
}

/** What the customer wrote, where it decided; otherwise the reason in a sentence. */
function Because({ tier }: { readonly tier: Tier }) {
  const { t } = useTexts(texts);
  const [first] = tier.quote;
  return first === undefined ? <p>{describeReason(tier, t)}</p> : <QuoteLine sentence={first} />;
}

/** A trigger's reason is in the policy's own language; all other reasons are in the agent's. */
function describeReason(tier: Tier, t: TextsOf<typeof texts>['t']): string {
  if (tier.reason.by === 'human') return tier.passedOn === null ? t('why.human') : describeMove(tier.passedOn, t);
  if (tier.reason.by === 'default') return t('why.default', { category: tier.category.name });
  return withoutHeading(tier);
}

function describeMove({ how, by, to }: Escalation, t: TextsOf<typeof texts>['t']): string {
  switch (how) {
    case 'up':
      return t('why.escalated', { by, to });
    case 'back':
      return t('why.handed_back', { by, to });
    case 'hand_off':
      return t('why.handed_off', { by, to });
  }
}

/** Cuts category and tier from the service's sentence, because the heading already has them. */
function withoutHeading({ sentence, category, tier }: Tier): string {
  const heading = `${category.name}, ${tier.name}: `;
  if (!sentence.startsWith(heading)) return sentence;
  const rest = sentence.slice(heading.length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** For the department's own people the ticket is theirs, whichever tier it came from. Null: the agent is not of one that has it. */
function yourDepartment({ queue: { department } }: TicketCard): string | null {
  return department?.isYours ? department.name : null;
}

interface DecidedProps extends Pick<TicketCard, 'rights'> {
  readonly tier: Tier;
  readonly priority: TicketCard['ticket']['priority'];
  readonly staysWith: string | null;
  readonly department: string | null;
}

function Decided({ tier, department, priority, rights, staysWith }: DecidedProps) {
  const { t } = useTexts(texts);
  const canAct = useCanAct();
  const [open, setOpen] = useState<'why' | 'correct' | null>(null);
  const changeButton = useRef<HTMLButtonElement>(null);
  const whyButton = useRef<HTMLButtonElement>(null);
  const corrected = useRef(false);
  const whyId = useId();
  // Why shows the whole of the sentence that is quoted.
  const quoted = tier.quote.length > 0;

  // When the form closes, the focus returns to the button that opened it.
  useLayoutEffect(() => {
    if (corrected.current && open === null) changeButton.current?.focus();
    corrected.current = open === 'correct';
  }, [open]);

  function close(): void {
    // The effect above handles the form for corrections.
    if (open === 'why') whyButton.current?.focus();
    setOpen(null);
  }

  const title = (
    <Row as="span">
      <Category>{tier.category.name}</Category> <TierName>{department ?? tier.tier.name}</TierName>
    </Row>
  );
  const buttons = (
    <Row>
      <DisclosureButton
        ref={whyButton}
        label={t('why_button')}
        shortcut="w"
        open={open === 'why'}
        controls={whyId}
        onToggle={() => setOpen(open === 'why' ? null : 'why')}
      />
      <LinkButton
        ref={changeButton}
        aria-label={t('correct')}
        aria-keyshortcuts="c"
        aria-expanded={open === 'correct'}
        disabled={!canAct || !rights.correct}
        onClick={() => setOpen(open === 'correct' ? null : 'correct')}
      >
        {t('correct_button')}
      </LinkButton>
    </Row>
  );
  return (
    <Section place="head" title={title} aside={buttons} onEscape={open === null ? null : close}>
      <Stack $gap={6}>
        {/* The line about the change below says who placed it. */}
        {(open === 'why' && quoted) || tier.correction !== null ? null : <Because tier={tier} />}
        {tier.heldBy === null ? null : <HeldBy>{t('held_by', { tier: tier.heldBy.name })}</HeldBy>}
        {open === 'why' ? (
          <div id={whyId}>
            <Why tier={tier} priority={priority} />
          </div>
        ) : null}
        {open === 'correct' ? <CorrectCategory tier={tier} staysWith={staysWith} onDone={() => setOpen(null)} /> : null}
        {rights.edit && !rights.correct ? <Subtle>{t('no_tags')}</Subtle> : null}
        {tier.correction === null ? null : (
          <Correction
            correction={tier.correction}
            allowed={rights.correct}
            onUndone={() => changeButton.current?.focus()}
          />
        )}
      </Stack>
    </Section>
  );
}

export const tierCard: CardDefinition = { texts, Card: TierCard };
