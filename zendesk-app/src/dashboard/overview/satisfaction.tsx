// Shows how customers felt: CSAT and CES with their intervals and numbers of answers.
import type { FigureValue } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Sparkline } from '../charts/sparkline.tsx';
import { usePage } from '../data/page-context.tsx';
import { figureOf, useDashboard } from '../data/use-dashboard.tsx';
import { writeShare, writeValue } from '../format/figure-format.ts';
import { Comparison, Remarks } from '../parts/comparison.tsx';
import { FigureButton } from '../parts/figure-button.tsx';
import { MediumNumber, Small } from '../parts/number.tsx';
import { Panel } from '../parts/panel.tsx';
import { texts } from '../texts.ts';

const Columns = styled.div`
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: 12px;
`;

export function Satisfaction() {
  const { t } = useTexts(texts);
  const { locale } = usePage();
  const { figures } = useDashboard();
  const rate = figureOf(figures, 'response_rate');
  return (
    <Panel title={t('satisfaction.title')} area="satisfaction">
      <Columns>
        <Survey
          share={figureOf(figures, 'csat')}
          mean={figureOf(figures, 'csat_mean')}
          name={t('satisfaction.csat')}
          of="5"
        />
        <Survey
          share={figureOf(figures, 'ces')}
          mean={figureOf(figures, 'ces_mean')}
          name={t('satisfaction.ces')}
          of="7"
        />
      </Columns>
      {rate === undefined || rate.value === null ? null : (
        <Small>
          {t('figure.response_rate.name')}{' '}
          <b>
            <FigureButton figure="response_rate">{writeShare(locale, rate.value)}</FigureButton>
          </b>{' '}
          <Comparison figure={rate} />
        </Small>
      )}
    </Panel>
  );
}

interface SurveyProps {
  readonly name: string;
  readonly share: FigureValue | undefined;
  readonly mean: FigureValue | undefined;
  /** The best score. */
  readonly of: string;
}

function Survey({ name, share, mean, of }: SurveyProps) {
  const all = useTexts(texts);
  const { t } = all;
  const { locale } = usePage();
  if (share === undefined || share.value === null) {
    return (
      <div>
        <b>{name}</b>
        <Small>{t('satisfaction.nothing')}</Small>
      </div>
    );
  }
  const [low, high] = share.interval ?? [];
  return (
    <div>
      <b>{name}</b>
      <MediumNumber>
        <FigureButton figure={share.id}>{writeShare(locale, share.value)}</FigureButton> <Sparkline of={share.id} />
      </MediumNumber>
      {low === undefined || high === undefined ? null : (
        <Small>
          <FigureButton figure={share.id} quiet>
            {t('satisfaction.interval', { low: writeShare(locale, low), high: writeShare(locale, high) })}
          </FigureButton>
        </Small>
      )}
      <Small>
        <FigureButton figure={share.id} quiet>
          {t('satisfaction.answers', { count: share.n })}
        </FigureButton>
        {mean === undefined || mean.value === null ? null : (
          <>
            {', '}
            <FigureButton figure={mean.id} quiet>
              {t('satisfaction.mean', { mean: writeValue(all, locale, 'score', mean.value), of })}
            </FigureButton>
          </>
        )}
      </Small>
      <Small>
        <Remarks figure={share} />
      </Small>
    </div>
  );
}
