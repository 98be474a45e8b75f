// Shows whether the numbers are live, and how old they are if not.
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import type { DashboardView } from '../data/dashboard-store.ts';
import { useNow } from '../data/page-context.tsx';
import { texts } from '../texts.ts';

const Text = styled.p<{ $kind: 'live' | 'old' }>`
  display: flex;
  align-items: center;
  gap: 6px;
  color: ${({ $kind, theme }) => color($kind === 'live' ? 'foreground.subtle' : 'foreground.warning')({ theme })};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;

  &::before {
    content: '';
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: ${({ $kind }) => ($kind === 'live' ? '50%' : '0')};
    background: ${({ $kind, theme }) => color($kind === 'live' ? 'background.successEmphasis' : 'background.warningEmphasis')({ theme })};
  }
`;

export function LiveStatus({ view }: { readonly view: DashboardView }) {
  const { t, format } = useTexts(texts);
  // Renders again as the numbers grow older.
  useNow();
  if (view.dashboard === null) return null;
  const when = format.ago(view.dashboard.asOf);
  if (view.problem === 'failed') return <Text $kind="old">{t('status.failed', { when })}</Text>;
  if (view.live) return <Text $kind="live">{t('status.live')}</Text>;
  return <Text $kind="old">{t(view.problem === null ? 'status.not_live' : 'status.offline', { when })}</Text>;
}
