// When and to whom is this ticket passed on?
import type { TicketCard } from '@deskwright/shared/contract';
import { useLayoutEffect, useRef } from 'react';
import type { TextKey } from '../i18n/load-words.ts';
import { useWords } from '../i18n/words-context.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { Note } from '../parts/note.tsx';
import { Section } from '../parts/section.tsx';
import { Row, Stack, Subtle } from '../parts/text.tsx';
import { useCanAct } from '../state/sidebar-context.tsx';
import { Criteria } from './criteria.tsx';
import { Departments } from './departments.tsx';
import { MissingGroup } from './missing-group.tsx';
import { MoveForm } from './move-form.tsx';
import { AskedAlready, MoveHistory } from './move-history.tsx';
import { type MoveState, openForm } from './move-state.ts';
import { isOpenTo, type MoveTarget, moveTargets, sameTarget } from './move-target.ts';

interface EscalateCardProps {
  readonly card: TicketCard;
  readonly move: MoveState;
  readonly onMove: (change: (before: MoveState) => MoveState) => void;
}

export function EscalateCard({ card, move, onMove }: EscalateCardProps) {
  const { t } = useWords();
  const { escalation } = card;
  const targets = moveTargets(card);
  if (isEmpty(card, targets) && move.at === 'ways') return null;

  return (
    <Section
      title={t(titleOf(card))}
      {...(escalation.moves > 0 ? { aside: t('escalate.moves', { count: escalation.moves }) } : {})}
    >
      <Stack>
        <Criteria criteria={escalation.criteria} />
        {move.at === 'moved' ? <Moved to={move.to} /> : null}
        {move.at === 'form' ? (
          <Chosen {...move} targets={targets} asked={escalation.asked} onMove={onMove} />
        ) : (
          <>
            <Ways
              targets={targets}
              card={card}
              putAway={move.at === 'put_away' ? move.target : null}
              onChoose={(target) => onMove((before) => openForm(before, target))}
            />
            {card.ticket.closed ? null : <AskedAlready asked={escalation.asked} />}
          </>
        )}
        <MoveHistory history={escalation.history} />
      </Stack>
    </Section>
  );
}

/** Nowhere to go, nothing to say of it, and no past. */
function isEmpty({ ticket, escalation }: TicketCard, targets: readonly MoveTarget[]): boolean {
  if (isSolved(ticket) || escalation.from !== null) return false;
  const told = ticket.closed ? [] : escalation.asked;
  return [...targets, ...told, ...escalation.history].length === 0;
}

/** A merged or deleted ticket may be solved as well, and nobody can reopen it. */
function isSolved({ status, closed }: TicketCard['ticket']): boolean {
  return status === 'solved' && !closed;
}

function titleOf({ ticket, escalation }: TicketCard): TextKey {
  if (ticket.closed) return 'escalate.past';
  if (escalation.criteria.length > 0) return 'escalate.when';
  return escalation.from === null && !isSolved(ticket) ? 'departments.hand_off_title' : 'escalate.title';
}

interface ChosenProps extends Pick<EscalateCardProps, 'onMove'> {
  readonly target: MoveTarget;
  readonly turn: number;
  readonly targets: readonly MoveTarget[];
  readonly asked: TicketCard['escalation']['asked'];
}

function Chosen({ target, turn, targets, asked, onMove }: ChosenProps) {
  // The newest words for the chosen target; one that is not offered any more keeps its form, and the text in it.
  const newest = targets.find((one) => sameTarget(one, target)) ?? target;
  return (
    <MoveForm
      key={`${target.to.kind}:${target.to.id}`}
      target={newest}
      turn={turn}
      asked={asked}
      onClose={() => onMove(() => ({ at: 'put_away', target: newest }))}
      onMoved={() => onMove(() => ({ at: 'moved', to: newest.name }))}
    />
  );
}

interface WaysProps {
  readonly targets: readonly MoveTarget[];
  readonly card: TicketCard;
  /** The form of this target has just been put away: the focus goes back to its button. */
  readonly putAway: MoveTarget | null;
  readonly onChoose: (target: MoveTarget) => void;
}

function Ways({ targets, card, putAway, onChoose }: WaysProps) {
  const { t } = useWords();
  const canAct = useCanAct();
  const { from, next } = card.escalation;
  const place = useRef<HTMLDivElement>(null);
  const tiers = targets.filter(({ how }) => how !== 'hand_off');
  // One button a tier, then the one that opens the departments.
  const back = putAway === null ? null : tiers.findIndex((one) => sameTarget(one, putAway));
  useLayoutEffect(() => {
    if (back === null) return;
    const buttons = place.current?.querySelectorAll('button');
    buttons?.[back === -1 ? tiers.length : back]?.focus();
    // Only as it appears: later the focus is the agent's own.
  }, []);
  return (
    <Stack ref={place}>
      {isSolved(card.ticket) ? <Subtle>{t('escalate.solved')}</Subtle> : null}
      {from === null || next !== null ? null : <Subtle>{t('escalate.last_tier', { tier: from.name })}</Subtle>}
      {tiers.length === 0 ? null : (
        <Row>
          {tiers.map((target) => (
            <ActionButton key={target.to.id} disabled={!canAct || !isOpenTo(target)} onClick={() => onChoose(target)}>
              {target.how === 'up'
                ? t('escalate.up', { tier: target.name })
                : t('escalate.back', { tier: target.name })}
            </ActionButton>
          ))}
        </Row>
      )}
      {tiers.map(({ to, missingGroup, closedGroup }) => (
        <MissingGroup key={to.id} missingGroup={missingGroup} closedGroup={closedGroup} />
      ))}
      {card.departments.length === 0 ? null : (
        <Disclosure label={t('departments.title')}>
          <Departments
            departments={card.departments}
            onChoose={(id) => {
              const target = targets.find(({ to }) => to.kind === 'department' && to.id === id);
              if (target !== undefined) onChoose(target);
            }}
          />
        </Disclosure>
      )}
    </Stack>
  );
}

/** The form is gone when this appears: the focus comes here. */
function Moved({ to }: { readonly to: string }) {
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1}>
      <Note kind="success">{t('escalate.moved', { to })}</Note>
    </div>
  );
}
