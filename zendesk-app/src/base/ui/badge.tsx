// Highlights a short text beside what it belongs to.
import styled from 'styled-components';
import { color } from '../theme/theme.ts';

export type BadgeKind = 'neutral' | 'warning' | 'success';

const BACKGROUND = {
  neutral: 'background.subtle',
  warning: 'background.warning',
  success: 'background.success',
} as const;
const BORDER = { neutral: 'border.default', warning: 'border.warning', success: 'border.success' } as const;
const FOREGROUND = {
  neutral: 'foreground.default',
  warning: 'foreground.warningEmphasis',
  success: 'foreground.successEmphasis',
} as const;

/** Like Garden's Tag, but it wraps where Tag truncates. */
export const Badge = styled.span<{ $kind: BadgeKind }>`
  display: inline-block;
  padding: 0 6px;
  border: 1px solid ${({ $kind, theme }) => color(BORDER[$kind])({ theme })};
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${({ $kind, theme }) => color(BACKGROUND[$kind])({ theme })};
  color: ${({ $kind, theme }) => color(FOREGROUND[$kind])({ theme })};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
`;
