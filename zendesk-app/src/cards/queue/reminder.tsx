// Reminds the agent who has the ticket that its customer has waited for a share of the reply target.
import type { TicketCard } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Alert } from '../../base/ui/alert.tsx';
import { texts } from './texts.ts';

/** Stands in the attention strip; gone with an answer. */
export function WaitReminder({ card }: { readonly card: TicketCard }) {
  const { t, format } = useTexts(texts);
  if (card.reminder == null) return null;
  return <Alert>{t('reminder', { percent: format.number(card.reminder.percent) })}</Alert>;
}
