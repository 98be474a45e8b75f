// Who corrected the category, and how is that taken back?
import type { Correction as Corrected } from '@deskwright/shared/contract';
import { useWords } from '../i18n/words-context.tsx';
import { LinkButton } from '../parts/action-button.tsx';
import { Note } from '../parts/note.tsx';
import { Stack } from '../parts/text.tsx';
import { useCanAct, useSidebar } from '../state/sidebar-context.tsx';
import { useAct } from '../state/use-act.ts';

export function Correction({ correction }: { readonly correction: Corrected }) {
  const { t, format } = useWords();
  const { store } = useSidebar();
  const canAct = useCanAct();
  const act = useAct();
  const { from, to, by, at } = correction;
  return (
    <Stack $gap={4}>
      <Note kind="info">
        {t('tier.corrected', { by, from: from.name, to: to.name, when: format.ago(at) })}{' '}
        <LinkButton
          disabled={!canAct}
          onClick={() => void act.run(() => store.undo(correction.id), t('tier.undone', { category: from.name }))}
        >
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
