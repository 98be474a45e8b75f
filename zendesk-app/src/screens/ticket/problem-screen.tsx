// Shows why there is no card to show.
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { MessageScreen } from '../../base/layout/message-screen.tsx';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import type { LoadProblem } from '../../base/ticket/ticket-view.ts';
import { texts } from './texts.ts';

export function ProblemScreen({ problem }: { readonly problem: LoadProblem }) {
  const { t } = useTexts(texts);
  const { store } = useSidebar();
  const message = t(problem);
  switch (problem) {
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
