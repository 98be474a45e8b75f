// Shows how fast customers are answered, against the target.
import type { FigureValue } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { GoalMeter } from '../charts/goal-meter.tsx';
import { Sparkline } from '../charts/sparkline.tsx';
import { usePage } from '../data/page-context.tsx';
import { figureOf, useDashboard } from '../data/use-dashboard.tsx';
import { writeShare, writeValue } from '../format/figure-format.ts';
import { Comparison, Remarks } from '../parts/comparison.tsx';
import { FigureButton } from '../parts/figure-button.tsx';
import { FigureTable, MediumNumber, Scrolls, Small } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { texts } from '../texts.ts';

const Rates = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 4px 24px;
`;

const TIMES = ['first_reply_time', 'next_reply_time'] as const;
const RATES = ['one_touch_rate', 'reopen_rate'] as const;

export function Replies() {
  const { t } = useTexts(texts);
  const { figures } = useDashboard();
  const within = figureOf(figures, 'replies_within_target');
  return (
    <Panel title={t('replies.title')} area="replies">
      {within === undefined ? null : <Within figure={within} />}
      <Scrolls>
        <FigureTable>
          <thead>
            <tr>
              <th scope="col">{t('replies.reply')}</th>
              <th scope="col">{t('replies.median')}</th>
              <th scope="col">{t('replies.business')}</th>
              <th scope="col">{t('replies.p90')}</th>
              <th scope="col">{t('replies.within')}</th>
            </tr>
          </thead>
          <tbody>
            {TIMES.map((id) => (
              <TimeRow key={id} id={id} figure={figureOf(figures, id)} />
            ))}
          </tbody>
        </FigureTable>
      </Scrolls>
      <Rates>
        {RATES.map((id) => (
          <Rate key={id} figure={figureOf(figures, id)} />
        ))}
      </Rates>
    </Panel>
  );
}

function Within({ figure }: { readonly figure: FigureValue }) {
  const all = useTexts(texts);
  const { locale } = usePage();
  const { t } = all;
  const goal = useDashboard().goals.find(({ figure: id }) => id === figure.id);
  if (figure.value === null) return <Nothing>{t('replies.no_target')}</Nothing>;
  return (
    <div>
      <Rates>
        <MediumNumber>
          <FigureButton figure={figure.id}>{writeShare(locale, figure.value)}</FigureButton>{' '}
          <Sparkline of={figure.id} />
        </MediumNumber>
        <Small style={{ alignSelf: 'center' }}>
          <Remarks figure={figure} lead={t('replies.of', { count: figure.n })} />
        </Small>
      </Rates>
      <GoalMeter
        label={t(`figure.${figure.id}.name`)}
        share={figure.value}
        text={writeShare(locale, figure.value)}
        goal={goal?.target ?? null}
      />
    </div>
  );
}

function TimeRow({ id, figure }: { readonly id: (typeof TIMES)[number]; readonly figure: FigureValue | undefined }) {
  const all = useTexts(texts);
  const { t, format } = all;
  const { locale } = usePage();
  const time = (seconds: number | undefined): string => writeValue(all, locale, 'duration', seconds ?? null);
  return (
    <>
      <tr>
        <th scope="row">{t(`replies.${id}`)}</th>
        <td>
          <b>
            <FigureButton figure={id}>{time(figure?.value ?? undefined)}</FigureButton>
          </b>
        </td>
        {(
          [
            ['business', time(figure?.business?.median)],
            ['p90', time(figure?.calendar?.p90)],
            ['within', figure?.within === undefined ? t('none') : writeShare(locale, figure.within.share)],
          ] as const
        ).map(([column, written]) => (
          <td key={column}>
            <FigureButton figure={id} about={t(`replies.${column}`)} quiet>
              {written}
            </FigureButton>
          </td>
        ))}
      </tr>
      {figure === undefined ? null : (
        <tr className="continued">
          <td colSpan={5}>
            <Small>
              <Remarks figure={figure} lead={t('replies.count', { count: figure.n, n: format.number(figure.n) })} />{' '}
              <Sparkline of={id} />
            </Small>
          </td>
        </tr>
      )}
    </>
  );
}

function Rate({ figure }: { readonly figure: FigureValue | undefined }) {
  const all = useTexts(texts);
  const { locale } = usePage();
  if (figure === undefined) return null;
  return (
    <Small>
      {all.t(`figure.${figure.id}.name`)}{' '}
      <b>
        <FigureButton figure={figure.id}>{writeValue(all, locale, figure.unit, figure.value)}</FigureButton>
      </b>{' '}
      <Comparison figure={figure} />
    </Small>
  );
}
