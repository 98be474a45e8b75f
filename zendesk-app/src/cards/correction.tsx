// Who corrected the category, and how is that taken back?
import type { Correction as Corrected } from '@deskwright/shared/contract';
import { useWords } from '../i18n/words-context.tsx';
import { LinkButton } from '../parts/action-button.tsx';
import { Note } from '../parts/note.tsx';
import { Stack } from '../parts/text.tsx';
import { useCanAct, useSidebar } from '../state/sidebar-context.tsx';
import { useAct } from '../state/use-act.ts';

interface CorrectionProps {
  readonly correction: Corrected;
  /** Whether the agent's role may edit tags. */
  readonly allowed: boolean;
  /** This is about to go, and its button has the focus. */
  readonly onUndone: () => void;
}

export function Correction({ correction, allowed, onUndone }: CorrectionProps) {
  const { t, format } = useWords();
  const { store } = useSidebar();
  const canAct = useCanAct();
  const act = useAct();
  const { from, to, by, at } = correction;
  async function undo(): Promise<void> {
    const answer = await act.run(() => store.undo(correction.id), t('tier.undone', { category: from.name }));
    if (answer?.ok === true) onUndone();
  }

  return (
    <Stack $gap={4}>
      <Note kind="info">
        {t('tier.corrected', { by, from: from.name, to: to.name, when: format.ago(at) })}{' '}
        <LinkButton disabled={!canAct || !allowed} onClick={() => void undo()}>
          {t('tier.undo')}
        </LinkButton>
      </Note>
      {act.problem === null ? null : (
        <Note kind="danger" live>
          {act.problem}
        </Note>
      )}
    </Stack>
  );
}
