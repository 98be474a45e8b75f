// When and to whom is this ticket passed on?
import type { TicketCard } from '@deskwright/shared/contract';
import { useLayoutEffect, useRef, useState } from 'react';
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
import { type MoveTarget, moveTargets, sameTarget } from './move-target.ts';

export function EscalateCard({ card }: { readonly card: TicketCard }) {
  const { t } = useWords();
  const { escalation } = card;
  const [chosen, setChosen] = useState<MoveTarget | null>(null);
  const [moved, setMoved] = useState<string | null>(null);
  const [cancelled, setCancelled] = useState(false);
  const targets = moveTargets(card);
  // The newest words for the chosen target; one that is not offered any more keeps its form, and the text in it.
  const open = chosen === null ? null : (targets.find((one) => sameTarget(one, chosen)) ?? chosen);
  const choose = (target: MoveTarget): void => {
    setMoved(null);
    setCancelled(false);
    setChosen(target);
  };

  return (
    <Section
      title={escalation.criteria.length > 0 ? t('escalate.when') : t('escalate.title')}
      {...(escalation.moves > 0 ? { aside: t('escalate.moves', { count: escalation.moves }) } : {})}
    >
      <Stack>
        <Criteria criteria={escalation.criteria} />
        {moved === null ? null : <Moved to={moved} />}
        {open === null ? (
          <Ways targets={targets} card={card} takesFocus={cancelled} onChoose={choose} />
        ) : (
          <MoveForm
            key={`${open.to.kind}:${open.to.id}`}
            target={open}
            asked={escalation.asked}
            onClose={() => {
              setChosen(null);
              setCancelled(true);
            }}
            onMoved={() => {
              setChosen(null);
              setMoved(open.name);
            }}
          />
        )}
        {open === null ? <AskedAlready asked={escalation.asked} /> : null}
        <MoveHistory history={escalation.history} />
      </Stack>
    </Section>
  );
}

interface WaysProps {
  readonly targets: readonly MoveTarget[];
  readonly card: TicketCard;
  /** The form in which the focus was has just been put away. */
  readonly takesFocus: boolean;
  readonly onChoose: (target: MoveTarget) => void;
}

function Ways({ targets, card, takesFocus, onChoose }: WaysProps) {
  const { t } = useWords();
  const canAct = useCanAct();
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) place.current?.querySelector('button')?.focus();
  }, [takesFocus]);
  const tiers = targets.filter(({ how }) => how !== 'hand_off');
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
