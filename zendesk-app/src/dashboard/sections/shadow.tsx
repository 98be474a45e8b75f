// Shows what triggers in shadow would have done, and how often agents chose the same.
import type { ShadowRow } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { usePage } from '../data/page-context.tsx';
import { writeShare } from '../format/figure-format.ts';
import { FigureButton } from '../parts/figure-button.tsx';
import { FigureTable, Scrolls, Small } from '../parts/number.tsx';
import { Panel } from '../parts/panel.tsx';
import { texts } from '../texts.ts';

/** The service's mark of tickets that no trigger decided. */
export const NO_TRIGGER = 'none';

/** Nothing while no trigger is in shadow. */
export function Shadow({ rows = [] }: { readonly rows: readonly ShadowRow[] | undefined }) {
  const { t, format } = useTexts(texts);
  const { locale } = usePage();
  if (rows.length === 0) return null;
  const nameOf = ({ id, name }: ShadowRow): string => (id === NO_TRIGGER ? t('rules.no_trigger') : name);
  const modeOf = ({ share }: ShadowRow): string =>
    share === 0 ? t('rules.in_shadow') : t('rules.acts_for', { share: writeShare(locale, share / 100) });
  return (
    <Panel title={t('rules.shadow')}>
      <Scrolls tabIndex={0} role="group" aria-label={t('rules.shadow')}>
        <FigureTable>
          <thead>
            <tr>
              <th scope="col">{t('rules.trigger')}</th>
              {(['rules.would_change', 'rules.agents_same'] as const).map((column) => (
                <th key={column} scope="col" className="end">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  {nameOf(row)} <Small>{modeOf(row)}</Small>
                </th>
                <td className="end">
                  <FigureButton figure="in_shadow" only={{ trigger: row.id }} about={nameOf(row)}>
                    {t('rules.some_of', { n: format.number(row.changed), all: format.number(row.saw) })}
                  </FigureButton>
                </td>
                <td className="end">
                  <Agreement {...row} name={nameOf(row)} />
                </td>
              </tr>
            ))}
          </tbody>
        </FigureTable>
      </Scrolls>
    </Panel>
  );
}

function Agreement({ id, name, chosen }: Pick<ShadowRow, 'id' | 'name' | 'chosen'>) {
  const { t, format } = useTexts(texts);
  const { locale } = usePage();
  const { n, asShadow, interval, tooFew } = chosen;
  if (interval === null) return t('none');
  const [low, high] = interval.map((share) => writeShare(locale, share));
  return (
    <>
      <FigureButton figure="in_shadow" only={{ trigger: id, chosen: '1' }} about={`${name}, ${t('rules.agents_same')}`}>
        {t('rules.some_of', { n: format.number(asShadow), all: format.number(n) })}
      </FigureButton>{' '}
      <Small>{tooFew ? t('mark.too_few', { count: n }) : `${low}–${high}`}</Small>
    </>
  );
}
