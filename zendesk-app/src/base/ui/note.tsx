// Shows a message that the agent must not miss.
import alertError from '@zendeskgarden/svg-icons/src/16/alert-error-stroke.svg?raw';
import alertWarning from '@zendeskgarden/svg-icons/src/16/alert-warning-stroke.svg?raw';
import checkCircle from '@zendeskgarden/svg-icons/src/16/check-circle-stroke.svg?raw';
import info from '@zendeskgarden/svg-icons/src/16/info-stroke.svg?raw';
import type { ReactNode } from 'react';
import styled from 'styled-components';
import { color } from '../theme/theme.ts';
import { Icon } from './icon.tsx';

export type NoteKind = 'info' | 'warning' | 'danger' | 'success';

const ICONS: Readonly<Record<NoteKind, string>> = {
  info,
  warning: alertWarning,
  danger: alertError,
  success: checkCircle,
};
const background = (kind: NoteKind): string => (kind === 'info' ? 'background.subtle' : `background.${kind}`);
const border = (kind: NoteKind): string => (kind === 'info' ? 'border.default' : `border.${kind}`);
const foreground = (kind: NoteKind): string => (kind === 'info' ? 'foreground.default' : `foreground.${kind}Emphasis`);

const Box = styled.div<{ $kind: NoteKind }>`
  display: flex;
  gap: 8px;
  padding: 6px 10px;
  border: 1px solid ${({ $kind, theme }) => color(border($kind))({ theme })};
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${({ $kind, theme }) => color(background($kind))({ theme })};
  color: ${({ $kind, theme }) => color(foreground($kind))({ theme })};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;

  & > span:first-child { font-size: 14px; margin-block-start: 2px; }
`;

const Body = styled.div`
  unicode-bidi: plaintext;
  min-inline-size: 0;
`;

/** @param live announced by screen readers when it appears */
export function Note(props: { readonly kind: NoteKind; readonly live?: boolean; readonly children: ReactNode }) {
  return (
    <Box $kind={props.kind} {...(props.live ? { role: props.kind === 'danger' ? 'alert' : 'status' } : {})}>
      <Icon svg={ICONS[props.kind]} />
      <Body>{props.children}</Body>
    </Box>
  );
}

/** Around a note above the cards. Takes no room while it is empty. */
export const NoteAboveCards = styled.div`
  padding: 8px 16px 0;
  &:empty { padding: 0; }
`;
