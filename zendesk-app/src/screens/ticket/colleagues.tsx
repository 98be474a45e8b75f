// Shows which other agents have the ticket open.
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useTicketView } from '../../base/ticket/sidebar-context.tsx';
import { Note, NoteAboveCards } from '../../base/ui/note.tsx';
import { texts } from './texts.ts';

/** More are only counted. */
const MOST_NAMES = 3;

/** The live region is there before its text, so that screen readers announce who comes. */
export function Colleagues() {
  const { t, format } = useTexts(texts);
  const { viewers } = useTicketView();
  const named = viewers.slice(0, MOST_NAMES);
  const others = viewers.length - named.length;
  const names = format.all(others === 0 ? named : [...named, t('more_viewers', { count: others })]);
  return (
    <NoteAboveCards role="status">
      {viewers.length === 0 ? null : <Note kind="info">{t('viewers', { names, count: viewers.length })}</Note>}
    </NoteAboveCards>
  );
}
