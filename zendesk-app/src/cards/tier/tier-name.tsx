// Shows the name of a tier as a coloured tag.
import styled from 'styled-components';
import { color } from '../../base/theme/theme.ts';

/** Looks like Garden's Tag, whose package would add 1.6 kB to what each agent's browser loads. */
const Tag = styled.span`
  display: inline-block;
  max-inline-size: 100%;
  padding: 0 8px;
  overflow: hidden;
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  background: ${color('background.primaryEmphasis')};
  color: ${color('foreground.onEmphasis')};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  line-height: 20px;
  text-overflow: ellipsis;
  vertical-align: middle;
  white-space: nowrap;
`;

export function TierName({ children }: { readonly children: string }) {
  return <Tag title={children}>{children}</Tag>;
}
