// Does something about this ticket call for the next tier, and how does one get there at once?
import type { EscalationCard } from '@deskwright/shared/contract';
import { useWords } from '../i18n/words-context.tsx';
import { LinkButton } from '../parts/action-button.tsx';
import { Note } from '../parts/note.tsx';
import { useCanAct } from '../state/sidebar-context.tsx';
import { isOpenTo } from './move-target.ts';

interface EscalateWarningProps extends Pick<EscalationCard, 'criteria' | 'next'> {
  readonly onEscalate: () => void;
}

/** One line for all reasons that hold, so that waiting and money stay on the first screen. */
export function EscalateWarning({ criteria, next, onEscalate }: EscalateWarningProps) {
  const { t } = useWords();
  const canAct = useCanAct();
  const holding = criteria.filter(({ holds }) => holds === true);
  if (holding.length === 0) return null;
  const criterion = holding.map(({ text }) => text).join('; ');
  const act = next === null || !isOpenTo(next) ? null : t('escalate.up', { tier: next.name });
  return (
    <Note kind="warning">
      {t('tier.escalate_now', { criterion })}{' '}
      {act === null || !canAct ? null : (
        // The same words stand on the button in the card below: a list of buttons must tell the two apart.
        <LinkButton aria-label={t('tier.escalate_because', { act, criterion })} onClick={onEscalate}>
          {act}
        </LinkButton>
      )}
    </Note>
  );
}
