// Shows all goals: on or off track with the reason, period, owner, and the benchmark with its source.
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { GoalLine, lastMomentOf } from '../overview/goals.tsx';
import { CsvButton } from '../parts/csv-button.tsx';
import { Small } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Columns, SectionHead } from '../parts/section-layout.tsx';
import { texts } from '../texts.ts';

export function GoalsSection() {
  const { t, format } = useTexts(texts);
  const { goals } = useDashboard();
  return (
    <>
      <SectionHead title={t('section.goals')}>
        <CsvButton section="goals" />
      </SectionHead>
      {goals.length === 0 ? <Nothing>{t('goals.nothing')}</Nothing> : null}
      <Columns>
        {goals.map((goal) => (
          <Panel key={goal.id} title={goal.name}>
            <GoalLine goal={goal} isNamed />
            <Small as="p">
              {t('goals.period', {
                from: format.date(goal.from),
                to: format.date(lastMomentOf(goal)),
                figure: t(`figure.${goal.figure}.name`),
              })}
            </Small>
            <Small as="p">{t('goals.owner', { owner: goal.owner })}</Small>
            {goal.benchmark === null ? null : (
              <Small as="p">
                {t('goals.benchmark', { text: goal.benchmark.text })} <Source source={goal.benchmark.source} />
              </Small>
            )}
          </Panel>
        ))}
      </Columns>
    </>
  );
}

/** A link if it is an address of the web, otherwise a text. */
function Source({ source }: { readonly source: string }) {
  const { t } = useTexts(texts);
  return /^https?:\/\//.test(source) ? (
    <a href={source} target="_blank" rel="noreferrer">
      {t('goals.source')}
    </a>
  ) : (
    <>{t('goals.source_named', { source })}</>
  );
}
