// Shows above the cards that they may be out of date or are read-only.
import { useEffect, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import type { LoadProblem } from '../../base/ticket/ticket-view.ts';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { Note, NoteAboveCards } from '../../base/ui/note.tsx';
import { texts } from './texts.ts';

const UPDATE_MS = 15_000;

/** @param asOf when the card below was computed */
export function ProblemLine({ problem, asOf }: { readonly problem: LoadProblem; readonly asOf: string }) {
  const { t, format } = useTexts(texts);
  const { store } = useSidebar();
  const [, setUpdates] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setUpdates((updates) => updates + 1), UPDATE_MS);
    return () => clearInterval(timer);
  }, []);

  return (
    <NoteAboveCards>
      <Note kind="warning">
        {/* The age is outside the status, so that screen readers do not announce every update. */}
        <span role="status">{t(problem)}</span> <span>{t('as_of', { when: format.ago(asOf) })}</span>
        {problem === 'session_ended' ? null : (
          <div>
            <LinkButton onClick={store.refresh}>{t('retry_now')}</LinkButton>
          </div>
        )}
      </Note>
    </NoteAboveCards>
  );
}

/** Says why all buttons are disabled. */
export function ReadOnlyLine({ because }: { readonly because: 'closed' | 'only_watching' | 'read_only' }) {
  const { t } = useTexts(texts);
  return (
    <NoteAboveCards>
      <Note kind="info">{t(because)}</Note>
    </NoteAboveCards>
  );
}
