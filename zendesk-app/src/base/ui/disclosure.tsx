// Shows more when its button is pressed.
import chevronDown from '@zendeskgarden/svg-icons/src/16/chevron-down-stroke.svg?raw';
import { forwardRef, type ReactNode, useId, useRef, useState } from 'react';
import styled from 'styled-components';
import { color } from '../theme/theme.ts';
import { closeOnEscape } from './close-on-escape.ts';
import { Icon } from './icon.tsx';

const StyledButton = styled.button<{ $plain: boolean }>`
  display: inline-flex;
  align-items: center;
  gap: 4px;
  margin: 0;
  padding: 2px 0;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  background: none;
  color: ${({ $plain, theme }) => color($plain ? 'foreground.default' : 'foreground.primary')({ theme })};
  font: inherit;
  font-size: ${({ $plain, theme }) => ($plain ? 'inherit' : theme.fontSizes.sm)};
  line-height: 20px;
  text-align: start;
  cursor: pointer;

  &:hover { text-decoration: underline; }
  &:focus-visible { outline: 2px solid ${color('border.primaryEmphasis')}; outline-offset: 2px; }
  & > span:last-child { transition: rotate 0.15s ease-in-out; }
  &[aria-expanded='true'] > span:last-child { rotate: 180deg; }
`;

const Line = styled.div<{ $wraps: boolean }>`
  display: flex;
  flex-wrap: ${({ $wraps }) => ($wraps ? 'wrap' : 'nowrap')};
  align-items: center;
  justify-content: space-between;
  gap: 0 8px;

  & > button:first-child { min-inline-size: 0; }
`;

const Panel = styled.div`
  margin-block-start: 6px;
`;

interface DisclosureButtonProps {
  readonly label: ReactNode;
  /** In the colour and size of the text around it. */
  readonly plain?: boolean;
  /** For screen readers, where the label alone does not say what opens. */
  readonly name?: string;
  /** The letter that presses it; see `Shortcuts`. */
  readonly shortcut?: string;
  readonly open: boolean;
  /** The id of the element that it opens. */
  readonly controls: string;
  readonly onToggle: () => void;
}

export const DisclosureButton = forwardRef<HTMLButtonElement, DisclosureButtonProps>(
  function DisclosureButton(props, ref) {
    const { label, plain = false, name, shortcut, open, controls, onToggle } = props;
    return (
      <StyledButton
        ref={ref}
        type="button"
        $plain={plain}
        aria-label={name}
        aria-keyshortcuts={shortcut}
        aria-expanded={open}
        aria-controls={open ? controls : undefined}
        onClick={onToggle}
      >
        {label}
        <Icon svg={chevronDown} />
      </StyledButton>
    );
  },
);

interface DisclosureProps extends Pick<DisclosureButtonProps, 'label' | 'plain' | 'name' | 'shortcut'> {
  /** Beside the button, whether open or not. */
  readonly aside?: ReactNode;
  /** Where both do not fit in one line, the aside goes below the label, rather than the label taking less room. */
  readonly wraps?: boolean;
  readonly children: ReactNode;
}

export function Disclosure({ label, plain, name, shortcut, aside, wraps = false, children }: DisclosureProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  return (
    <div tabIndex={-1} onKeyDown={closeOnEscape(open ? close : null)}>
      <Line $wraps={wraps}>
        <DisclosureButton
          ref={button}
          label={label}
          {...(plain === undefined ? {} : { plain })}
          {...(name === undefined ? {} : { name })}
          {...(shortcut === undefined ? {} : { shortcut })}
          open={open}
          controls={id}
          onToggle={() => setOpen(!open)}
        />
        {aside}
      </Line>
      {open ? <Panel id={id}>{children}</Panel> : null}
    </div>
  );
}
