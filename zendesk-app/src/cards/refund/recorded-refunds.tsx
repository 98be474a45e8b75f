// Lists the refunds recorded on the ticket; the agent who recorded one can undo it on the same day.
import type { RecordedRefund } from '@deskwright/shared/contract';
import { useRef } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { undoRefund } from './actions.ts';
import { texts } from './texts.ts';

export function RecordedRefunds({ refunds }: { readonly refunds: readonly RecordedRefund[] }) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const list = useRef<HTMLDivElement>(null);

  async function undo(id: number, amount: string): Promise<void> {
    const answer = await action.run(undoRefund(id), t('undone', { amount }));
    // Its button, which has the focus, disappears.
    if (answer?.ok === true) list.current?.focus();
  }

  return (
    <Stack $gap={4} ref={list} tabIndex={-1}>
      {refunds.map((refund) => {
        const { id, by, at, reason, reasonCode, undone, mayUndo } = refund;
        const amount = format.money(refund.amount);
        const said = t('refunded', { amount, by, when: format.ago(at) });
        return (
          <div key={id}>
            {undone === null ? said : <s>{said}</s>}{' '}
            {undone !== null ? (
              <Subtle as="span">{t('undone_by', { by: undone.by, when: format.ago(undone.at) })}</Subtle>
            ) : null}
            {mayUndo ? (
              <LinkButton
                disabled={!canAct}
                aria-label={t('undo_this', { amount })}
                onClick={() => void undo(id, amount)}
              >
                {t('undo')}
              </LinkButton>
            ) : null}
            {reasonCode == null ? null : <Subtle>{reasonCode}</Subtle>}
            {reason === null ? null : <Subtle>{reason}</Subtle>}
          </div>
        );
      })}
      {action.problem === null ? null : (
        <Note kind="danger" live>
          {action.problem}
        </Note>
      )}
    </Stack>
  );
}
