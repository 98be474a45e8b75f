// Shows what customers write about: the categories with the most arrivals, their share, and their trend.
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { BarCell } from '../charts/bar-cell.tsx';
import { usePage } from '../data/page-context.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { writeShare, writeTrend } from '../format/figure-format.ts';
import { FigureButton } from '../parts/figure-button.tsx';
import { FigureTable } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { texts } from '../texts.ts';

/** More do not fit the first screen; "Categories and rules" has all. */
const MOST = 6;

const Name = styled.th`
  inline-size: 34%;
`;

const Bars = styled.td`
  inline-size: 28%;
  @media (max-width: 479px) { display: none; }
`;

/** @param all the whole list, in its own section */
export function Topics({ all = false }: { readonly all?: boolean }) {
  const { t, format } = useTexts(texts);
  const { locale } = usePage();
  const { topics, before } = useDashboard();
  const named = topics.map((topic) => (topic.id === '' ? { ...topic, name: t('no_category') } : topic));
  const shown = all ? named : named.slice(0, MOST);
  const most = Math.max(1, ...topics.map(({ n }) => n));
  const soFar = shown.map((_, at) => shown.slice(0, at + 1).reduce((sum, { share }) => sum + share, 0));
  return (
    <Panel title={t('topics.title')} {...(all ? {} : { area: 'topics' })}>
      {topics.length === 0 ? (
        <Nothing>{t('topics.nothing')}</Nothing>
      ) : (
        <FigureTable>
          <thead>
            <tr>
              <Name scope="col">{t('category')}</Name>
              <Bars as="th" aria-hidden="true" />
              <th scope="col" className="end">
                {t('tickets')}
              </th>
              <th scope="col" className="end">
                {t('topics.share')}
              </th>
              <th scope="col" className="end" title={t('topics.so_far_long')}>
                {t('topics.so_far')}
              </th>
              {before === null ? null : (
                <th scope="col" className="end">
                  {t('topics.trend')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ id, name, n, share, trend }, at) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <Bars aria-hidden="true">
                  <BarCell part={n / most} />
                </Bars>
                <td className="end">
                  <FigureButton figure="arrivals" only={{ category: id }} about={name}>
                    {format.number(n)}
                  </FigureButton>
                </td>
                {(
                  [
                    ['share', { category: id }, writeShare(locale, share)],
                    [
                      'so_far',
                      {
                        categories: shown
                          .slice(0, at + 1)
                          .map((each) => each.id)
                          .join(),
                      },
                      writeShare(locale, Math.min(1, soFar[at] ?? 0)),
                    ],
                    ...(before === null
                      ? []
                      : [
                          [
                            'trend',
                            { category: id },
                            trend === null ? t('topics.new') : writeTrend(locale, trend),
                          ] as const,
                        ]),
                  ] as const
                ).map(([column, only, written]) => (
                  <td key={column} className="end">
                    <FigureButton figure="arrivals" only={only} about={`${name}, ${t(`topics.${column}`)}`} quiet>
                      {written}
                    </FigureButton>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </FigureTable>
      )}
    </Panel>
  );
}
