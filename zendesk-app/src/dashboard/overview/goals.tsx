// Shows the policy's goals: on or off track, and why.
import type { FigureId, GoalStatus } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Badge } from '../../base/ui/badge.tsx';
import type { Only } from '../data/address.ts';
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
  const { t, format } = all;
  const { locale } = usePage();
  const target = writeValue(all, locale, goal.unit, goal.target);
  const inHours = goal.clock === 'business' ? ('_business' as const) : ('' as const);
  /** A goal has a period and tickets of its own, whatever the page shows. */
  const only: Only = {
    alone: '1',
    from: goal.from,
    to: goal.to,
    ...(goal.tier === undefined ? {} : { tier: goal.tier }),
    ...(goal.category === undefined ? {} : { category: goal.category }),
  };
  const open = { figure: goal.figure, only, about: goal.name };
  const period = OF_NOW.has(goal.figure)
    ? t('goals.now')
    : t('goals.during', { from: format.date(goal.from), to: format.date(lastMomentOf(goal)) });
  return (
    <div>
      {isNamed ? null : <b>{goal.name} </b>}
      <Badge $kind={KINDS[goal.state]}>{t(`goals.${goal.state}`)}</Badge>
      <Small>
        <FigureButton {...open}>{writeValue(all, locale, goal.unit, goal.value)}</FigureButton>
        {isNamed ? null : ` · ${period}`}
      </Small>
      <Small>
        <FigureButton {...open} quiet>
          {goal.state === 'unknown' && goal.n > 0
            ? t('goals.too_few', { count: goal.n })
            : t(`goals.${goal.is}${inHours}`, { target })}
        </FigureButton>
      </Small>
    </div>
  );
}

const OF_NOW: ReadonlySet<FigureId> = new Set(['waiting', 'open_tickets', 'oldest_wait', 'days_to_clear']);

/** `to` is the first moment after it: a week that ends on Sunday would end on Monday. */
export const lastMomentOf = ({ to }: GoalStatus): string => new Date(Date.parse(to) - 1).toISOString();
