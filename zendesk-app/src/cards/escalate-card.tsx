// When and to whom is this ticket passed on?
import type { TicketCard } from '@deskwright/shared/contract';
import { useLayoutEffect, useRef } from 'react';
import { useWords } from '../i18n/words-context.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { Note } from '../parts/note.tsx';
import { Section } from '../parts/section.tsx';
import { Row, Stack, Subtle } from '../parts/text.tsx';
import { useCanAct } from '../state/sidebar-context.tsx';
import { Criteria } from './criteria.tsx';
import { Departments } from './departments.tsx';
import { MoveForm } from './move-form.tsx';
import { AskedAlready, MoveHistory } from './move-history.tsx';
import { type MoveState, openForm } from './move-state.ts';
import { type MoveTarget, moveTargets, sameTarget } from './move-target.ts';

interface EscalateCardProps {
  readonly card: TicketCard;
  readonly move: MoveState;
  readonly onMove: (change: (before: MoveState) => MoveState) => void;
}

export function EscalateCard({ card, move, onMove }: EscalateCardProps) {
  const { t } = useWords();
  const { escalation } = card;
  const targets = moveTargets(card);

  return (
    <Section
      title={escalation.criteria.length > 0 ? t('escalate.when') : t('escalate.title')}
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
            <AskedAlready asked={escalation.asked} />
          </>
        )}
        <MoveHistory history={escalation.history} />
      </Stack>
    </Section>
  );
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
      {card.escalation.next === null ? <Subtle>{t('escalate.last_tier')}</Subtle> : null}
      {tiers.length === 0 ? null : (
        <Row>
          {tiers.map((target) => (
            <ActionButton key={target.to.id} disabled={!canAct} onClick={() => onChoose(target)}>
              {target.how === 'up'
                ? t('escalate.up', { tier: target.name })
                : t('escalate.back', { tier: target.name })}
            </ActionButton>
          ))}
        </Row>
      )}
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
