// Shows how well categories and triggers work: volume, coverage, overrides, when each last decided.
import type { RuleRow, Rules } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { searchOf } from '../data/address.ts';
import { usePage } from '../data/page-context.tsx';
import { useAddress } from '../data/use-address.tsx';
import { writeShare, writeValue } from '../format/figure-format.ts';
import { Topics } from '../overview/topics.tsx';
import { Answered } from '../parts/answered.tsx';
import { Remarks } from '../parts/comparison.tsx';
import { CsvButton } from '../parts/csv-button.tsx';
import { FigureButton } from '../parts/figure-button.tsx';
import { FigureTable, MediumNumber, Scrolls, Small } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Columns, Rows, SectionHead } from '../parts/section-layout.tsx';
import { texts } from '../texts.ts';
import { NO_TRIGGER, Shadow } from './shadow.tsx';

const Figures = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
  gap: 12px;
`;

export function RulesSection() {
  const { t } = useTexts(texts);
  const { query } = useAddress().address;
  return (
    <>
      <SectionHead title={t('section.rules')}>
        <CsvButton section="rules" />
      </SectionHead>
      <Answered<Rules> path={`/api/dashboard/rules${searchOf(query)}`}>
        {(answer) => (
          <Rows>
            <Shadow rows={answer.shadow} />
            <Panel title={t('rules.coverage')}>
              <Coverage figures={answer.figures} />
            </Panel>
            <Columns>
              <Topics all />
              <Panel title={t('rules.without_guidance')}>
                <WithoutGuidance categories={answer.withoutGuidance} />
              </Panel>
            </Columns>
            <Panel title={t('rules.triggers')}>
              <Triggers rules={answer.rules} />
            </Panel>
          </Rows>
        )}
      </Answered>
    </>
  );
}

function Coverage({ figures }: Pick<Rules, 'figures'>) {
  const all = useTexts(texts);
  const { locale } = usePage();
  return (
    <Figures>
      {figures.map((figure) => (
        <div key={figure.id}>
          {all.t(`figure.${figure.id}.name`)}
          <MediumNumber>
            <FigureButton figure={figure.id}>{writeValue(all, locale, figure.unit, figure.value)}</FigureButton>
          </MediumNumber>
          <Small>
            <Remarks figure={figure} />
          </Small>
        </div>
      ))}
    </Figures>
  );
}

function WithoutGuidance({ categories }: { readonly categories: Rules['withoutGuidance'] }) {
  const { t, format } = useTexts(texts);
  if (categories.length === 0) return <Nothing>{t('rules.all_guided')}</Nothing>;
  return (
    <FigureTable>
      <tbody>
        {categories.map(({ id, name, n }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td className="end">
              <FigureButton figure="arrivals" only={{ category: id }} about={name}>
                {format.number(n)}
              </FigureButton>
            </td>
          </tr>
        ))}
      </tbody>
    </FigureTable>
  );
}

function Triggers({ rules }: { readonly rules: readonly RuleRow[] }) {
  const { t, format } = useTexts(texts);
  const { locale } = usePage();
  if (rules.length === 0) return <Nothing>{t('rules.no_triggers')}</Nothing>;
  const named = (rule: RuleRow): RuleRow => (rule.id === NO_TRIGGER ? { ...rule, name: t('rules.no_trigger') } : rule);
  return (
    <Scrolls tabIndex={0} role="group" aria-label={t('rules.triggers')}>
      <FigureTable>
        <thead>
          <tr>
            <th scope="col">{t('rules.trigger')}</th>
            <th scope="col" className="end">
              {t('rules.decided')}
            </th>
            <th scope="col" className="end">
              {t('rules.overruled')}
            </th>
            <th scope="col" className="end">
              {t('figure.override_rate.name')}
            </th>
            <th scope="col">{t('rules.last_hit')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map(named).map(({ id, name, decided, overruled, lastHit }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td className="end">
                <FigureButton figure="automatic_rate" only={{ trigger: id }} about={`${name}, ${t('rules.decided')}`}>
                  {format.number(decided)}
                </FigureButton>
              </td>
              {[format.number(overruled), decided === 0 ? t('none') : writeShare(locale, overruled / decided)].map(
                (written, n) => (
                  // The number, and its share.
                  // oxlint-disable-next-line react/no-array-index-key
                  <td key={n} className="end">
                    <FigureButton figure="override_rate" only={{ trigger: id }} about={name}>
                      {written}
                    </FigureButton>
                  </td>
                ),
              )}
              <td>{lastHit === null ? t('rules.never') : format.ago(lastHit)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Scrolls>
  );
}
