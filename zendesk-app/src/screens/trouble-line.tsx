// What stands above cards that may be out of date, or that cannot be acted upon?
import { useEffect, useState } from 'react';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { LinkButton } from '../parts/action-button.tsx';
import { Note } from '../parts/note.tsx';
import { useSidebar } from '../state/sidebar-context.tsx';
import type { Trouble } from '../state/ticket-view.ts';
import { troubleWords } from './trouble-words.ts';

const Space = styled.div`
  padding: 12px 16px 0;
`;

const AGE_MS = 15_000;

/** @param asOf of the card below, which says how old it is */
export function TroubleLine({ trouble, asOf }: { readonly trouble: Trouble; readonly asOf: string }) {
  const { t, format } = useWords();
  const { store } = useSidebar();
  const [, setTurn] = useState(0);
  useEffect(() => {
    const ageing = setInterval(() => setTurn((turn) => turn + 1), AGE_MS);
    return () => clearInterval(ageing);
  }, []);

  return (
    <Space>
      <Note kind="warning">
        {/* The age grows by itself, and is not read out each time. */}
        <span role="status">{troubleWords(t, trouble)}</span> <span>{t('page.as_of', { when: format.ago(asOf) })}</span>
        {trouble.kind === 'session_ended' ? null : (
          <div>
            <LinkButton onClick={store.refresh}>{t('retry_now')}</LinkButton>
          </div>
        )}
      </Note>
    </Space>
  );
}

/** Why every button is off. */
export function ReadOnlyLine({ because }: { readonly because: 'closed' | 'read_only' }) {
  const { t } = useWords();
  return (
    <Space>
      <Note kind="info">{because === 'closed' ? t('page.closed') : t('page.read_only')}</Note>
    </Space>
  );
}
