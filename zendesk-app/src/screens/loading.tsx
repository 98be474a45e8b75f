// What is shown before the first card?
import { Skeleton } from '@zendeskgarden/react-loaders';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { Hidden } from '../parts/text.tsx';
import { color } from '../theme/color.ts';

const Card = styled.div`
  padding: 12px 16px;
  display: flex;
  flex-direction: column;
  gap: 6px;
  line-height: 20px;

  & + & { border-block-start: 1px solid ${color('border.subtle')}; }
`;

/** As many lines as the cards have on the first screen, so that little jumps when they come. */
const LINES = [
  ['45%', '85%', '60%'],
  ['30%', '70%', '50%'],
  ['30%', '65%', '100%'],
  ['40%', '90%', '80%', '85%'],
] as const;

export function Loading() {
  const { t } = useWords();
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
