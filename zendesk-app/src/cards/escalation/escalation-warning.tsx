// Warns that a criterion for escalation applies, with a button that opens the form.
import type { TicketCard } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { Alert } from '../../base/ui/alert.tsx';
import { useMove } from './move-context.tsx';
import { isAllowed, moveTargets } from './move-target.ts';
import { texts } from './texts.ts';

/** One line for all criteria that apply, so that waiting time and refund limit remain on the first screen. */
export function EscalationWarning({ card }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  const canAct = useCanAct();
  const { openForm } = useMove();
  const holding = card.escalation.criteria.filter(({ holds }) => holds === true);
  if (holding.length === 0) return null;
  const criterion = holding.map(({ text }) => text).join('; ');
  const next = moveTargets(card).find(({ how }) => how === 'up');
  const label = next === undefined || !isAllowed(next) ? null : t('up', { tier: next.name });
  return (
    <Alert>
      {criterion}{' '}
      {next === undefined || label === null || !canAct ? null : (
        // The button in the card below has the same label, so this one gets a longer name for screen readers.
        <LinkButton aria-label={t('warning.action', { act: label, criterion })} onClick={() => openForm(next)}>
          {label}
        </LinkButton>
      )}
    </Alert>
  );
}
