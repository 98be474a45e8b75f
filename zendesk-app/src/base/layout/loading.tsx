// Shows placeholders until the first card is loaded.
import { Skeleton } from '@zendeskgarden/react-loaders';
import styled from 'styled-components';
import { useTexts } from '../i18n/texts-context.tsx';
import { color } from '../theme/theme.ts';
import { Hidden } from '../ui/text.tsx';

const Card = styled.div`
  padding: 12px 16px;
  display: flex;
  flex-direction: column;
  gap: 6px;
  line-height: 20px;

  & + & { border-block-start: 1px solid ${color('border.subtle')}; }
`;

/** As many lines as the cards have on the first screen, so that the layout hardly shifts when they appear. */
const LINES = [
  ['45%', '85%', '60%'],
  ['30%', '70%', '50%'],
  ['30%', '65%', '100%'],
  ['40%', '90%', '80%', '85%'],
] as const;

export function Loading() {
  const { t } = useTexts();
  return (
    <div aria-busy="true">
      <Hidden role="status">{t('loading')}</Hidden>
      {LINES.map((widths) => (
        <Card key={widths.join()} aria-hidden="true">
          {widths.map((width) => (
            <Skeleton key={width} width={width} />
          ))}
        </Card>
      ))}
    </div>
  );
}
