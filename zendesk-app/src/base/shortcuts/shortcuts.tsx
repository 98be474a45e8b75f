// Keyboard shortcuts: a letter presses the button that names it in `aria-keyshortcuts`, and `?` lists them.
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import styled from 'styled-components';
import { useTexts } from '../i18n/texts-context.tsx';
import { color } from '../theme/theme.ts';
import { ActionButton, LinkButton } from '../ui/action-button.tsx';
import { closeOnEscape } from '../ui/close-on-escape.ts';

interface Shortcut {
  readonly key: string;
  /** What the button says. */
  readonly label: string;
}

/**
 * Letters alone, which neither browsers nor Zendesk use (Zendesk's have Ctrl and Alt), and only while the sidebar has the focus. In a
 * field they are what the agent writes.
 */
export function Shortcuts() {
  const { t } = useTexts();
  const [shown, setShown] = useState<readonly Shortcut[] | null>(null);
  const opener = useRef<HTMLElement | null>(null);

  function open(): void {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setShown([...buttons()].map(([key, button]) => ({ key, label: labelOf(button) })));
  }

  function close(): void {
    setShown(null);
    opener.current?.focus();
  }

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (shown !== null || !isCommand(event)) return;
      if (event.key === '?') {
        event.preventDefault();
        open();
        return;
      }
      const button = buttons().get(event.key);
      if (button === undefined) return;
      // Otherwise the letter would be typed into the field that the button opens.
      event.preventDefault();
      button.focus();
      button.click();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });

  return (
    <>
      <LinkButton onClick={open}>{t('shortcuts.button')}</LinkButton>
      {shown === null ? null : <ShortcutDialog shortcuts={shown} onClose={close} />}
    </>
  );
}

/** Those that the agent can press now, by letter; of several with one letter the first. */
function buttons(): ReadonlyMap<string, HTMLElement> {
  const found = new Map<string, HTMLElement>();
  for (const button of document.querySelectorAll<HTMLElement>('[aria-keyshortcuts]:not(:disabled)')) {
    const key = button.getAttribute('aria-keyshortcuts') ?? '';
    if (!found.has(key)) found.set(key, button);
  }
  return found;
}

const labelOf = (button: HTMLElement): string =>
  (button.getAttribute('aria-label') ?? button.textContent).replaceAll(/\s+/g, ' ').trim();

const FIELDS =
  'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])';

function isCommand({
  target,
  key,
  ctrlKey,
  altKey,
  metaKey,
  isComposing,
  defaultPrevented,
  repeat,
}: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey || isComposing || defaultPrevented || repeat || key.length !== 1) return false;
  return !(target instanceof Element && target.closest(FIELDS) !== null);
}

const Backdrop = styled.div`
  position: fixed;
  inset: 0;
  z-index: 3;
  display: flex;
  align-items: center;
  justify-content: center;
  padding: 16px;
  background: rgb(0 0 0 / 50%);
`;

const Box = styled.div`
  max-block-size: 100%;
  overflow-y: auto;
  inline-size: 100%;
  max-inline-size: 320px;
  padding: 16px;
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${color('background.default')};
  color: ${color('foreground.default')};
  font-size: ${({ theme }) => theme.fontSizes.md};
  line-height: 20px;
  text-align: start;

  & > dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 6px 12px;
    margin-block: 12px;
  }
`;

const Key = styled.kbd`
  display: inline-block;
  min-inline-size: 24px;
  padding: 0 6px;
  border: 1px solid ${color('border.default')};
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  font: inherit;
  text-align: center;
`;

interface ShortcutDialogProps {
  readonly shortcuts: readonly Shortcut[];
  readonly onClose: () => void;
}

function ShortcutDialog({ shortcuts, onClose }: ShortcutDialogProps) {
  const { t } = useTexts();
  const id = useId();
  const closeButton = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => closeButton.current?.focus(), []);
  const onEscape = closeOnEscape(onClose);
  const rows = [
    ...shortcuts,
    { key: '?', label: t('shortcuts.this_list') },
    { key: 'Esc', label: t('shortcuts.close') },
  ];
  return (
    <Backdrop>
      <Box
        role="dialog"
        aria-modal="true"
        aria-labelledby={id}
        tabIndex={-1}
        onKeyDown={(event) => {
          onEscape(event);
          // Its one button is all that can have the focus.
          if (event.key === 'Tab') event.preventDefault();
        }}
      >
        <h2 id={id}>{t('shortcuts.title')}</h2>
        <dl>
          {rows.map(({ key, label }) => [
            <dt key={`key ${key}`}>
              <Key>{key}</Key>
            </dt>,
            <dd key={`label ${key}`}>{label}</dd>,
          ])}
        </dl>
        <ActionButton ref={closeButton} onClick={onClose}>
          {t('shortcuts.close')}
        </ActionButton>
      </Box>
    </Backdrop>
  );
}
