// The foot: where the ticket can be moved, with the form for it; above it, folded, what happened before.
import type { TicketCard } from '@deskwright/shared/contract';
import chevronDown from '@zendeskgarden/svg-icons/src/16/chevron-down-stroke.svg?raw';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import type { CardDefinition } from '../../base/card-definition.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { closeOnEscape } from '../../base/ui/close-on-escape.ts';
import { Icon } from '../../base/ui/icon.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Row, Stack, Subtle } from '../../base/ui/text.tsx';
import { AnswerForm, GroupProblem } from './answer-form.tsx';
import { Departments } from './departments.tsx';
import { EscalationWarning } from './escalation-warning.tsx';
import { MoveProvider, useMove } from './move-context.tsx';
import { MoveForm } from './move-form.tsx';
import { AskedAlready, MoveHistory } from './move-history.tsx';
import { isAllowed, type MoveTarget, moveTargets, sameTarget } from './move-target.ts';
import { texts } from './texts.ts';

/** Opens within the sticky foot, so it scrolls where it has more than the frame can show. */
const Menu = styled.div`
  max-block-size: 60vh;
  overflow-y: auto;
`;

function EscalationCard({ card }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  const { state } = useMove();
  const { escalation } = card;
  const targets = moveTargets(card);
  if (isEmpty(card, targets) && state.at === 'targets') return null;

  return (
    <>
      <Earlier card={card} inForm={state.at === 'form'} />
      {escalation.answerTo === undefined ? null : (
        <Section hiddenTitle title={t('answer.label')}>
          <AnswerForm to={escalation.answerTo} />
        </Section>
      )}
      {card.ticket.closed ? null : (
        // A form is taller than the frame, so it scrolls with the page.
        <Section hiddenTitle title={t(titleOf(card))} {...(state.at === 'form' ? {} : { place: 'foot' as const })}>
          <Stack>
            {state.at === 'moved' ? <Moved to={state.to} /> : null}
            {state.at === 'form' ? (
              <ChosenTarget target={state.target} opened={state.opened} targets={targets} escalation={escalation} />
            ) : (
              <Targets targets={targets} card={card} closedForm={state.at === 'form_closed' ? state.target : null} />
            )}
          </Stack>
        </Section>
      )}
    </>
  );
}

/** What happened before: folded, in one line. The form has the questions already asked itself. */
function Earlier({ card, inForm }: { readonly card: TicketCard; readonly inForm: boolean }) {
  const { t } = useTexts(texts);
  const { asked, moves, corrections = 0, history } = card.escalation;
  const showsAsked = asked.length > 0 && !card.ticket.closed && !inForm;
  if (!showsAsked && moves + corrections + history.length === 0) return null;
  const counted = [
    ...(moves === 0 ? [] : [t('moves', { count: moves })]),
    ...(corrections === 0 ? [] : [t('corrections', { count: corrections })]),
  ];
  return (
    <Section hiddenTitle title={t('past')} place="joined">
      <Stack $gap={2}>
        {showsAsked ? <AskedAlready asked={asked} /> : null}
        {counted.length === 0 ? null : <Subtle>{counted.join(' · ')}</Subtle>}
        <MoveHistory history={history} />
      </Stack>
    </Section>
  );
}

/** Nowhere to move the ticket, nothing to say about it, and no earlier moves. */
function isEmpty({ ticket, escalation }: TicketCard, targets: readonly MoveTarget[]): boolean {
  if (isSolved(ticket) || escalation.from !== null) return false;
  const asked = ticket.closed ? [] : escalation.asked;
  return [...targets, ...asked, ...escalation.history].length === 0;
}

/** A merged or deleted ticket may have the status solved, but counts as closed because nobody can reopen it. */
function isSolved({ status, closed }: TicketCard['ticket']): boolean {
  return status === 'solved' && !closed;
}

function titleOf({ ticket, escalation }: TicketCard): 'title' | 'departments.hand_off_title' {
  return escalation.from === null && !isSolved(ticket) ? 'departments.hand_off_title' : 'title';
}

interface ChosenTargetProps {
  readonly target: MoveTarget;
  readonly opened: number;
  readonly targets: readonly MoveTarget[];
  readonly escalation: TicketCard['escalation'];
}

function ChosenTarget({ target, opened, targets, escalation }: ChosenTargetProps) {
  const { closeForm, finish } = useMove();
  // The card may have new texts for this target; one that is no longer offered keeps its form and the text in it.
  const current = targets.find((one) => sameTarget(one, target)) ?? target;
  return (
    <MoveForm
      key={`${target.to.kind}:${target.to.id}`}
      target={current}
      opened={opened}
      asked={escalation.asked}
      criteria={escalation.criteria}
      onClose={() => closeForm(current)}
      onMoved={() => finish(current)}
    />
  );
}

interface TargetsProps {
  readonly targets: readonly MoveTarget[];
  readonly card: TicketCard;
  /** The target whose form was just closed: its button gets the focus. */
  readonly closedForm: MoveTarget | null;
}

function Targets({ targets, card, closedForm }: TargetsProps) {
  const { t } = useTexts(texts);
  const canAct = useCanAct();
  const { from, next } = card.escalation;
  const container = useRef<HTMLDivElement>(null);
  const menu = useRef<HTMLButtonElement>(null);
  const listId = useId();
  const [open, setOpen] = useState(false);
  const { openForm } = useMove();
  const tiers = targets.filter(({ how }) => how !== 'hand_off');
  // The buttons are one for each tier, then the one that opens the departments.
  const focused = closedForm === null ? null : tiers.findIndex((one) => sameTarget(one, closedForm));
  useLayoutEffect(() => {
    if (focused === null) return;
    const buttons = container.current?.querySelectorAll('button');
    buttons?.[focused === -1 ? tiers.length : focused]?.focus();
    // Only on the first render: later the agent moves the focus.
  }, []);

  function close(): void {
    setOpen(false);
    menu.current?.focus();
  }

  return (
    <Stack ref={container} tabIndex={-1} onKeyDown={closeOnEscape(open ? close : null)}>
      {isSolved(card.ticket) ? <Subtle>{t('problem.solved')}</Subtle> : null}
      {from === null || next !== null ? null : <Subtle>{t('last_tier', { tier: from.name })}</Subtle>}
      <Row>
        {tiers.map((target) => (
          <ActionButton
            key={target.to.id}
            isPrimary={target.how === 'up'}
            aria-keyshortcuts={target.how === 'up' ? 'e' : undefined}
            disabled={!canAct || !isAllowed(target)}
            onClick={() => openForm(target)}
          >
            {target.how === 'up' ? t('up', { tier: target.name }) : t('back', { tier: target.name })}
          </ActionButton>
        ))}
        {card.departments.length === 0 ? null : (
          <ActionButton
            ref={menu}
            aria-keyshortcuts="h"
            aria-expanded={open}
            aria-controls={open ? listId : undefined}
            onClick={() => setOpen(!open)}
          >
            {t('departments.hand_off_title')}&nbsp;
            <Icon svg={chevronDown} />
          </ActionButton>
        )}
      </Row>
      {tiers.map(({ to, missingGroup, closedGroup }) => (
        <GroupProblem key={to.id} missingGroup={missingGroup} closedGroup={closedGroup} />
      ))}
      {open ? (
        <Menu id={listId}>
          <Departments
            departments={card.departments}
            onChoose={(id) => {
              const target = targets.find(({ to }) => to.kind === 'department' && to.id === id);
              if (target !== undefined) openForm(target);
            }}
          />
        </Menu>
      ) : null}
    </Stack>
  );
}

/** Takes the focus, because the form that had it is gone. */
function Moved({ to }: { readonly to: string }) {
  const { t } = useTexts(texts);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1}>
      <Note kind="success">{t('moved', { to })}</Note>
    </div>
  );
}

export const escalationCard: CardDefinition = {
  texts,
  Card: EscalationCard,
  Warning: EscalationWarning,
  Provider: MoveProvider,
};
