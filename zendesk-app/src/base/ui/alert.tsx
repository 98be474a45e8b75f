// Shows one line about what needs attention, in the strip below the first lines of the sidebar.
import alertWarning from '@zendeskgarden/svg-icons/src/16/alert-warning-stroke.svg?raw';
import type { ReactNode } from 'react';
import styled from 'styled-components';
import { color } from '../theme/theme.ts';
import { Icon } from './icon.tsx';

const Line = styled.div`
  display: flex;
  gap: 6px;
  padding: 3px 8px;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  background: ${color('background.warning')};
  color: ${color('foreground.warningEmphasis')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;

  & > span:first-child { font-size: 14px; margin-block-start: 2px; }
`;

const Body = styled.div`
  flex: 1;
  unicode-bidi: plaintext;
  min-inline-size: 0;
`;

/** Below one another, in the order of the cards; nothing at all where none of them has something to say. */
export const AlertStrip = styled.div`
  display: flex;
  flex-direction: column;
  gap: 2px;
  &:empty { display: none; }
`;

export function Alert({ children }: { readonly children: ReactNode }) {
  return (
    <Line>
      <Icon svg={alertWarning} />
      <Body>{children}</Body>
    </Line>
  );
}
