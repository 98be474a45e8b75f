// Shows placeholders until the first numbers are loaded.
import { Skeleton } from '@zendeskgarden/react-loaders';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Hidden } from '../../base/ui/text.tsx';
import { texts } from '../texts.ts';

const Grid = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(300px, 1fr));
  gap: 12px;
  padding: 12px 16px;
`;

const PANELS = ['waiting', 'replies', 'attention', 'flow', 'topics', 'satisfaction'];

export function Loading() {
  const { t } = useTexts(texts);
  return (
    <div aria-busy="true">
      <Hidden role="status">{t('loading_numbers')}</Hidden>
      <Grid aria-hidden="true">
        {PANELS.map((panel) => (
          <Skeleton key={panel} height="180px" />
        ))}
      </Grid>
    </div>
  );
}
