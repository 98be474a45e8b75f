// Shows who corrected the category, with a button to undo it.
import type { Correction as Corrected } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack } from '../../base/ui/text.tsx';
import { undoCorrection } from './actions.ts';
import { texts } from './texts.ts';

interface CorrectionProps {
  readonly correction: Corrected;
  /** Whether the agent's role lets them edit tags. */
  readonly allowed: boolean;
  /** Called before this component disappears; its button then has the focus. */
  readonly onUndone: () => void;
}

export function Correction({ correction, allowed, onUndone }: CorrectionProps) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const { from, to, by, at } = correction;
  async function undo(): Promise<void> {
    const answer = await action.run(undoCorrection(correction.id), t('undone', { category: from.name }));
    if (answer?.ok === true) onUndone();
  }

  return (
    <Stack $gap={4}>
      <Note kind="info">
        {t('corrected', { by, from: from.name, to: to.name, when: format.ago(at) })}{' '}
        <LinkButton disabled={!canAct || !allowed} onClick={() => void undo()}>
          {t('undo')}
        </LinkButton>
      </Note>
      {action.problem === null ? null : (
        <Note kind="danger" live>
          {action.problem}
        </Note>
      )}
    </Stack>
  );
}
