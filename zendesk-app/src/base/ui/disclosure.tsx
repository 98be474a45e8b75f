// Shows more when its button is pressed.
import chevronDown from '@zendeskgarden/svg-icons/src/16/chevron-down-stroke.svg?raw';
import { forwardRef, type ReactNode, useId, useRef, useState } from 'react';
import styled from 'styled-components';
import { color } from '../theme/color.ts';
import { closeOnEscape } from './close-on-escape.ts';
import { Icon } from './icon.tsx';

const StyledButton = styled.button`
  display: inline-flex;
  align-items: center;
  gap: 4px;
  margin: 0;
  padding: 2px 0;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  background: none;
  color: ${color('foreground.primary')};
  font: inherit;
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 20px;
  text-align: start;
  cursor: pointer;

  &:hover { text-decoration: underline; }
  &:focus-visible { outline: 2px solid ${color('border.primaryEmphasis')}; outline-offset: 2px; }
  & > span { transition: rotate 0.15s ease-in-out; }
  &[aria-expanded='true'] > span { rotate: 180deg; }
`;

const Panel = styled.div`
  margin-block-start: 6px;
`;

interface DisclosureButtonProps {
  readonly label: string;
  readonly open: boolean;
  /** The id of the element that it opens. */
  readonly controls: string;
  readonly onToggle: () => void;
}

export const DisclosureButton = forwardRef<HTMLButtonElement, DisclosureButtonProps>(
  function DisclosureButton(props, ref) {
    const { label, open, controls, onToggle } = props;
    return (
      <StyledButton
        ref={ref}
        type="button"
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

export function Disclosure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  return (
    <div tabIndex={-1} onKeyDown={closeOnEscape(open ? close : null)}>
      <DisclosureButton ref={button} label={label} open={open} controls={id} onToggle={() => setOpen(!open)} />
      {open ? <Panel id={id}>{children}</Panel> : null}
    </div>
  );
}
