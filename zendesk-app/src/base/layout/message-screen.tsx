// Shows a message in place of the cards.
import styled from 'styled-components';
import { useTexts } from '../i18n/texts-context.tsx';
import { LinkButton } from '../ui/action-button.tsx';
import { Note, type NoteKind } from '../ui/note.tsx';

const Space = styled.div`
  padding: 16px;
`;

interface MessageScreenProps {
  readonly kind: NoteKind;
  readonly message: string;
  /** Omitted where trying again cannot help. */
  readonly onRetry?: () => void;
}

export function MessageScreen({ kind, message, onRetry }: MessageScreenProps) {
  const { t } = useTexts();
  return (
    <Space>
      <Note kind={kind} live>
        <p>{message}</p>
        {onRetry === undefined ? null : <LinkButton onClick={onRetry}>{t('retry')}</LinkButton>}
      </Note>
    </Space>
  );
}
