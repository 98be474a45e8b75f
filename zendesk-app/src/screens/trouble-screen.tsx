// What is shown instead of the cards when not even an old one may be shown?
import { useWords } from '../i18n/words-context.tsx';
import { useSidebar } from '../state/sidebar-context.tsx';
import type { Trouble } from '../state/ticket-view.ts';
import { MessageScreen } from './message-screen.tsx';
import { troubleWords } from './trouble-words.ts';

export function TroubleScreen({ trouble }: { readonly trouble: Trouble }) {
  const { t } = useWords();
  const { store } = useSidebar();
  const message = troubleWords(t, trouble);
  switch (trouble.kind) {
    case 'forbidden':
    case 'session_ended':
      return <MessageScreen kind="info" message={message} />;
    case 'not_found':
      return <MessageScreen kind="info" message={message} onRetry={store.refresh} />;
    case 'unreachable':
    case 'failed':
      return <MessageScreen kind="danger" message={message} onRetry={store.refresh} />;
  }
}
