// Writes which goals are on track, and why.
import type { GoalStatus } from '@deskwright/shared/contract';
import type { Block, Section } from '../engine/report.ts';
import { counted, listed, writeValue } from '../engine/words.ts';
import { figureName, targetOf } from './figure-sentence.ts';
import type { SupportData } from './support-data.ts';

const STATES = { on_track: 'On track', off_track: 'Off track', unknown: 'Too early' } as const;

export function goalsSection({ goals, policy }: SupportData): Section | null {
  if (goals.length === 0) return null;
  const owners = new Map(policy.goals.map(({ id, owner }) => [id, owner]));
  const table: Block = {
    kind: 'table',
    table: {
      columns: [{ title: 'Goal' }, { title: 'State' }, { title: 'Why' }, { title: 'Owner' }],
      rows: goals.map((goal) => [
        { text: goal.name },
        { text: STATES[goal.state] },
        { text: goalReason(goal), value: goal.value },
        { text: owners.get(goal.id) ?? goal.owner },
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

/** `First reply is 52 min, target 1 h (of 120).` */
export function goalReason(goal: GoalStatus): string {
  const name = figureName(goal.figure);
  if (goal.state === 'unknown')
    return goal.value === null
      ? `${name}: nothing to count yet, ${targetOf(goal)}.`
      : `${name}: ${writeValue(goal.value, goal.unit)} of only ${goal.n}, too few to judge; ${targetOf(goal)}.`;
  return `${name}: ${writeValue(goal.value ?? 0, goal.unit)}, ${targetOf(goal)} (of ${goal.n.toLocaleString('en')}).`;
}

export function goalsSentence(goals: readonly GoalStatus[]): string {
  const off = goals.filter(({ state }) => state === 'off_track').map(({ name }) => name);
  const judged = goals.filter(({ state }) => state !== 'unknown').length;
  if (judged === 0) return 'It is too early to judge the goals.';
  return off.length === 0
    ? `${judged === 1 ? 'The goal that can be judged is' : `All ${judged} goals that can be judged are`} on track.`
    : `${counted(off.length, 'goal is', 'goals are')} off track: ${listed(off)}.`;
}
