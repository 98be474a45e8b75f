// Shows the policy's goals: on or off track, and why.
import type { GoalStatus } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Badge } from '../../base/ui/badge.tsx';
import { usePage } from '../data/page-context.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { writeValue } from '../format/figure-format.ts';
import { FigureButton } from '../parts/figure-button.tsx';
import { Small } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { texts } from '../texts.ts';

/** More do not fit the first screen; "Goals" has all. */
const MOST = 4;

const List = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
  gap: 4px 16px;
  @media (min-width: 1120px) { grid-template-columns: repeat(4, minmax(0, 1fr)); }
`;

const KINDS = { on_track: 'success', off_track: 'warning', unknown: 'neutral' } as const;

export function Goals() {
  const { t } = useTexts(texts);
  const { goals } = useDashboard();
  // What is off track first, so that it is on the first screen.
  const sorted = goals.toSorted((a, b) => Number(b.state === 'off_track') - Number(a.state === 'off_track'));
  return (
    <Panel title={t('goals.title')} area="goals">
      {goals.length === 0 ? (
        <Nothing>{t('goals.nothing')}</Nothing>
      ) : (
        <List>
          {sorted.slice(0, MOST).map((goal) => (
            <li key={goal.id}>
              <GoalLine goal={goal} />
            </li>
          ))}
        </List>
      )}
    </Panel>
  );
}

interface GoalLineProps {
  readonly goal: GoalStatus;
  /** Its name stands above it already. */
  readonly isNamed?: boolean;
}

export function GoalLine({ goal, isNamed = false }: GoalLineProps) {
  const all = useTexts(texts);
  const { t } = all;
  const { locale } = usePage();
  const target = writeValue(all, locale, goal.unit, goal.target);
  return (
    <div>
      {isNamed ? null : <b>{goal.name} </b>}
      <Badge $kind={KINDS[goal.state]}>{t(`goals.${goal.state}`)}</Badge>
      <Small>
        <FigureButton figure={goal.figure} about={goal.name}>
          {writeValue(all, locale, goal.unit, goal.value)}
        </FigureButton>{' '}
        {goal.state === 'unknown' ? t('goals.too_few', { count: goal.n }) : t(`goals.${goal.is}`, { target })}
      </Small>
    </div>
  );
}
