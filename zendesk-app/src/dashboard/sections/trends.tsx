// Shows how figures went over time, with what happened meanwhile.
import type { Annotation, Instant, Trend, Trends } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { TrendChart } from '../charts/trend-chart.tsx';
import { type Opened, searchOf } from '../data/address.ts';
import { usePage } from '../data/page-context.tsx';
import { useAddress } from '../data/use-address.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { writeValue } from '../format/figure-format.ts';
import { isByHour, writeHour } from '../format/labels.ts';
import { Answered } from '../parts/answered.tsx';
import { CsvButton } from '../parts/csv-button.tsx';
import { FigureButton } from '../parts/figure-button.tsx';
import { FigureTable, Scrolls, Small } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Columns, SectionHead } from '../parts/section-layout.tsx';
import { texts } from '../texts.ts';

export function TrendsSection() {
  const { t, format } = useTexts(texts);
  const { query } = useAddress().address;
  return (
    <>
      <SectionHead title={t('section.trends')}>
        <CsvButton section="trends" />
      </SectionHead>
      <Answered<Trends> path={`/api/dashboard/trends${searchOf(query)}`}>
        {({ trends, annotations, backlog }) => (
          <Columns>
            {trends.map((trend) => (
              <TrendPanel key={trend.figure} trend={trend} annotations={annotations} />
            ))}
            <Panel title={t('trends.backlog')}>
              <TrendChart
                opens={(n) => ({
                  figure: 'open_tickets',
                  // Which tickets were open on a day that is over is not kept.
                  only: { tickets: '0' },
                  about: format.date(backlog[n]?.at ?? ''),
                })}
                title={t('trends.backlog')}
                unit="count"
                points={backlog.map(({ at, open }) => ({ at, value: open, n: open }))}
                goal={null}
                when={(at) => format.date(at)}
                annotations={annotations}
              />
            </Panel>
            <Panel title={t('trends.annotations')}>
              <Annotations annotations={annotations} />
            </Panel>
          </Columns>
        )}
      </Answered>
    </>
  );
}

function TrendPanel({ trend, annotations }: { readonly trend: Trend; readonly annotations: readonly Annotation[] }) {
  const all = useTexts(texts);
  const { locale } = usePage();
  const { range, timeZone } = useDashboard();
  const { figure, unit, points, goal } = trend;
  const when = (at: Instant): string => (isByHour(range) ? writeHour(locale, timeZone, at) : all.format.date(at));
  const name = all.t(`figure.${figure}.name`);
  const at = points.findLastIndex(({ value }) => value !== null);
  const last = points[at];
  /** The hour, day or week of a point. */
  const opens = (n: number): Opened => {
    const from = points[n]?.at ?? range.from;
    return { figure, only: { from, to: points[n + 1]?.at ?? range.to }, about: when(from) };
  };
  return (
    <Panel
      title={name}
      aside={
        last === undefined ? undefined : (
          <>
            {when(last.at)}: <FigureButton {...opens(at)}>{writeValue(all, locale, unit, last.value)}</FigureButton>
          </>
        )
      }
    >
      {last === undefined ? (
        <Nothing>{all.t('trends.nothing')}</Nothing>
      ) : (
        <TrendChart
          title={name}
          unit={unit}
          points={points}
          goal={goal}
          when={when}
          annotations={annotations}
          opens={opens}
        />
      )}
    </Panel>
  );
}

const Marks = styled.ol`
  display: flex;
  flex-direction: column;
  gap: 10px;
`;

function Annotations({ annotations }: { readonly annotations: readonly Annotation[] }) {
  const { t, format } = useTexts(texts);
  if (annotations.length === 0) return <Nothing>{t('trends.no_annotations')}</Nothing>;
  return (
    <Marks>
      {annotations.map((annotation, n) => (
        <li key={annotation.id}>
          <b>{t('trends.mark', { number: n + 1, text: annotation.text || t(`trends.kind.${annotation.kind}`) })}</b>
          <Small>
            {t(`trends.kind.${annotation.kind}`)}, {format.dateTime(annotation.at)}
          </Small>
          {annotation.effect.length === 0 ? null : <Effect annotation={annotation} />}
        </li>
      ))}
    </Marks>
  );
}

function Effect({ annotation }: { readonly annotation: Annotation }) {
  const { t } = useTexts(texts);
  const { locale } = usePage();
  const perDay = new Intl.NumberFormat(locale.numbers, { maximumFractionDigits: 1 });
  return (
    <Scrolls>
      <FigureTable>
        <caption style={{ textAlign: 'start' }}>{t('trends.effect')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('category')}</th>
            <th scope="col" className="end">
              {t('trends.before')}
            </th>
            <th scope="col" className="end">
              {t('trends.after')}
            </th>
          </tr>
        </thead>
        <tbody>
          {annotation.effect.map(({ id, name, before, after }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {[before, after].map((arrivals, n) => (
                // Before and after.
                // oxlint-disable-next-line react/no-array-index-key
                <td key={n} className="end">
                  <FigureButton figure="arrivals" only={{ category: id, tickets: '0' }} about={name} quiet>
                    {perDay.format(arrivals)}
                  </FigureButton>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Scrolls>
  );
}
