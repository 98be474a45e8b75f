// Writes which goals are on track, and why.
import type { FigureId } from '@deskwright/shared';
import type { GoalStatus } from '@deskwright/shared/contract';
import type { Block, Section } from '../engine/report.ts';
import { counted, listed, writeValue } from '../engine/words.ts';
import { figureName, targetOf } from './figure-sentence.ts';
import type { SupportData } from './read-support-data.ts';

const STATES = { on_track: 'On track', off_track: 'Off track', unknown: 'Too early' } as const;

export function goalsSection({ goals, policy }: SupportData): Section | null {
  if (goals.length === 0) return null;
  const declared = new Map(policy.goals.map((goal) => [goal.id, goal]));
  const clockOf = ({ id }: GoalStatus) => (String(declared.get(id)?.target).endsWith('bh') ? 'business' : 'calendar');
  const table: Block = {
    kind: 'table',
    table: {
      columns: [{ title: 'Goal' }, { title: 'State' }, { title: 'Why' }, { title: 'Owner' }],
      rows: goals.map((goal) => [
        { text: goal.name },
        { text: STATES[goal.state] },
        { text: goalReason(goal, clockOf(goal)), value: goal.value },
        { text: goal.owner },
      ]),
    },
  };
  const benchmarks = goals.flatMap(({ name, benchmark }) =>
    benchmark === null ? [] : [`${name}: ${benchmark.text} (${benchmark.source}).`],
  );
  return {
    id: 'goals',
    title: 'Goals',
    headline: goalsSentence(goals),
    blocks: [table, ...(benchmarks.length > 0 ? [{ kind: 'list', items: benchmarks } as const] : [])],
  };
}

/** `First reply: 52 min, target 1 h (of 120).` @internal */
export function goalReason(goal: GoalStatus, clock: 'calendar' | 'business' = 'calendar'): string {
  const { figure, value, unit, n, state } = goal;
  const name = figureName(figure);
  if (value === null)
    return state === 'off_track'
      ? `${name}: it does not shrink, ${targetOf(goal)}.`
      : `${name}: nothing to count yet, ${targetOf(goal)}.`;
  const written = `${writeValue(value, unit)}${clock === 'business' ? ' in business hours' : ''}`;
  if (state === 'unknown') return `${name}: ${written} of only ${n}, too few to judge; ${targetOf(goal)}.`;
  return `${name}: ${written}, ${targetOf(goal)}${NOW_FIGURES.has(figure) ? '' : ` (of ${n.toLocaleString('en')})`}.`;
}

/** Counted at the moment: there is nothing that they are of. */
const NOW_FIGURES: ReadonlySet<FigureId> = new Set(['waiting', 'open_tickets', 'oldest_wait', 'days_to_clear']);

export function goalsSentence(goals: readonly GoalStatus[]): string {
  const off = goals.filter(({ state }) => state === 'off_track').map(({ name }) => name);
  const judged = goals.filter(({ state }) => state !== 'unknown').length;
  if (judged === 0) return 'It is too early to judge the goals.';
  return off.length === 0
    ? `${judged === 1 ? 'The goal that can be judged is' : `All ${judged} goals that can be judged are`} on track.`
    : `${counted(off.length, 'goal is', 'goals are')} off track: ${listed(off)}.`;
}
