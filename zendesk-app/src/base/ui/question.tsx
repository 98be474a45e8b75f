// Asks to confirm a step that cannot be undone: the question, which has the focus, and its buttons.
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import styled from 'styled-components';
import { ActionButton } from './action-button.tsx';
import { Row, Stack } from './text.tsx';

/** The text alone, where a field is below it. Give it `tabIndex={-1}`. */
export const Question = styled.p`
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  outline: none;
`;

/** Screen readers learn of the key by `aria-keyshortcuts`. */
const ConfirmButton = styled(ActionButton)`
  &::after {
    content: '↵' / '';
    margin-inline-start: 8px;
  }
`;

/** In milliseconds. A key that is pressed twice by accident takes less, reading a question takes more. */
const READING_MS = 500;

interface AskedQuestionProps {
  readonly question: string;
  /** What the buttons say. */
  readonly confirm: string;
  readonly back: string;
  readonly isDanger?: boolean;
  readonly disabled: boolean;
  readonly onConfirm: () => void;
  readonly onBack: () => void;
  /** Between the question and the buttons: why it was not done. */
  readonly children?: ReactNode;
}

/**
 * The question has the focus, not its button. Enter on it confirms, if the key was pressed anew while the question was there to be read: neither
 * a key held down, nor a key pressed twice, nor a double click confirms it unread. Another question needs another `key`.
 */
export function AskedQuestion(props: AskedQuestionProps) {
  const { question, confirm, back, isDanger = false, disabled, onConfirm, onBack, children } = props;
  const text = useRef<HTMLParagraphElement>(null);
  const id = useId();
  const [isReadable, setReadable] = useState(false);
  useLayoutEffect(() => text.current?.focus(), []);
  useEffect(() => {
    const shown = setTimeout(() => setReadable(true), READING_MS);
    return () => clearTimeout(shown);
  }, []);

  function press(event: KeyboardEvent): void {
    const { key, repeat, ctrlKey, altKey, metaKey, target } = event;
    if (key !== 'Enter' || repeat || ctrlKey || altKey || metaKey || target !== text.current) return;
    if (isReadable && !disabled) onConfirm();
  }

  function click({ detail }: MouseEvent): void {
    // The second click of a double click on the button before is the first one here.
    if (detail <= 1) onConfirm();
  }

  return (
    <Stack role="group" aria-labelledby={id} onKeyDown={press}>
      <Question ref={text} id={id} tabIndex={-1}>
        {question}
      </Question>
      {children}
      <Row>
        <ConfirmButton
          isPrimary
          isDanger={isDanger}
          disabled={disabled}
          aria-keyshortcuts={isReadable ? 'Enter' : undefined}
          onClick={click}
        >
          {confirm}
        </ConfirmButton>
        <ActionButton isBasic onClick={onBack}>
          {back}
        </ActionButton>
      </Row>
    </Stack>
  );
}

/** Once the question is gone, the first field of the form has the focus, unless the agent went on elsewhere, as to their reply. */
export function useFocusAfterQuestion(isAsked: boolean, form: RefObject<HTMLElement>): void {
  const wasAsked = useRef(false);
  useLayoutEffect(() => {
    const isOver = wasAsked.current && !isAsked;
    wasAsked.current = isAsked;
    if (!isOver || !document.hasFocus() || document.activeElement !== document.body) return;
    form.current?.querySelector<HTMLElement>('input, [type="submit"]')?.focus();
  }, [isAsked, form]);
}
