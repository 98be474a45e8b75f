// Lays out the first screen.
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Note } from '../../base/ui/note.tsx';
import { SparklineProvider } from '../charts/sparkline.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { Attention } from '../overview/attention.tsx';
import { Flow } from '../overview/flow.tsx';
import { ForecastPanel } from '../overview/forecast.tsx';
import { Goals } from '../overview/goals.tsx';
import { Replies } from '../overview/replies.tsx';
import { Satisfaction } from '../overview/satisfaction.tsx';
import { Topics } from '../overview/topics.tsx';
import { Waiting } from '../overview/waiting.tsx';
import { Small } from '../parts/number.tsx';
import { texts } from '../texts.ts';

const Grid = styled.div`
  flex: 1;
  display: grid;
  gap: 8px;
  margin-block: 6px 2px;
  grid-template-columns: minmax(0, 1fr);
  grid-template-areas: 'waiting' 'replies' 'attention' 'flow' 'topics' 'satisfaction' 'goals' 'forecast';

  @media (min-width: 720px) {
    grid-template-columns: repeat(2, minmax(0, 1fr));
    grid-template-areas: 'waiting attention' 'replies replies' 'topics topics' 'flow satisfaction' 'goals forecast';
  }
  @media (min-width: 1120px) {
    grid-template-columns: repeat(12, minmax(0, 1fr));
    grid-template-areas:
      'waiting waiting waiting waiting replies replies replies replies replies attention attention attention'
      'flow flow flow flow topics topics topics topics satisfaction satisfaction satisfaction satisfaction'
      'goals goals goals goals goals goals goals goals forecast forecast forecast forecast';
  }
`;

export function Overview() {
  const { t, format } = useTexts(texts);
  const { waiting, figures, forecast, restated, isPartial } = useDashboard();
  const isEmpty = waiting.open === 0 && forecast === null && figures.every(({ n }) => n === 0);
  return (
    <>
      {isEmpty ? <Note kind="info">{t('empty')}</Note> : null}
      {isPartial ? <Note kind="info">{t('partial')}</Note> : null}
      <SparklineProvider>
        <Grid>
          <Waiting />
          <Replies />
          <Attention />
          <Flow />
          <Topics />
          <Satisfaction />
          <Goals />
          <ForecastPanel />
        </Grid>
      </SparklineProvider>
      {restated === null ? null : (
        <Small as="p">{t('mark.restated', { when: format.dateTime(restated.at), count: restated.days })}</Small>
      )}
    </>
  );
}
