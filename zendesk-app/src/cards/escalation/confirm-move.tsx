// Asks the agent to confirm that the ticket moves.
import { useLayoutEffect, useRef } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Question } from '../../base/ui/question.tsx';
import { Row, Stack } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

interface ConfirmMoveProps {
  readonly to: string;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly onMove: () => void;
  readonly onBack: () => void;
}

export function ConfirmMove({ to, busy, disabled, onMove, onBack }: ConfirmMoveProps) {
  const { t } = useTexts(texts);
  const question = useRef<HTMLParagraphElement>(null);
  // Focuses the question and not its button, so that a key held down cannot confirm it unread.
  useLayoutEffect(() => question.current?.focus(), []);
  return (
    <Stack>
      <Question ref={question} tabIndex={-1}>
        {t('confirm', { to })}
      </Question>
      <Row>
        <ActionButton isPrimary disabled={disabled} onClick={onMove}>
          {busy ? t('moving') : t('move')}
        </ActionButton>
        <ActionButton isBasic onClick={onBack}>
          {t('edit')}
        </ActionButton>
      </Row>
    </Stack>
  );
}
