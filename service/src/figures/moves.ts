// Finds a ticket's moves between tiers and departments, and which of them went back.
import type { Policy } from '@deskwright/shared';
import { leadsTo } from '../decide/escalation.ts';
import type { MeasureContext } from './measuring.ts';
import type { Standing, Step, Timeline } from './timeline.ts';

/** A tier or department by its id, or another group, as `#17`. */
type Place = string;

/** Times in epoch milliseconds. */
export interface Move {
  readonly at: number;
  readonly agentId: number | null;
  /** How the ticket stood before. */
  readonly standing: Standing;
  /** The tier or department that it left; null: unknown. */
  readonly from: Place | null;
  readonly to: Place;
  /** To a tier further up. */
  readonly isEscalation: boolean;
  /** It had been there before. */
  readonly isBack: boolean;
  /** Its number among the ticket's moves, from 1. */
  readonly count: number;
}

/**
 * Each move in the sidebar, and each between groups in Zendesk. The groups that Deskwright itself sets are no moves of their own: they follow
 * from a move in the sidebar, from the policy's decision, or from a corrected category. So A to B to A to B is three moves, as the sidebar counts them.
 */
export function readMoves({ steps }: Timeline, { policy, groupIdOf }: MeasureContext): Move[] {
  const placeOf = placesByGroup(policy, groupIdOf);
  const tierIds = new Set(policy.tiers.map(({ id }) => id));
  const moves: Move[] = [];
  const visited = new Set<Place>();
  let place: Place | null = null;
  let cameFrom: Place | null = null;
  let lastTier: string | null = null;
  /** A ticket is handed back to where it came from, unless its group tells otherwise. */
  let isGuessed = false;

  const arrive = (to: Place): void => {
    if (place === to) return;
    cameFrom = place;
    place = to;
    visited.add(to);
    if (tierIds.has(to)) lastTier = to;
  };
  const move = ({ at, entry, before }: Step, to: Place): void => {
    const holder = lastTier ?? before.tier;
    const isUp = holder === null ? entry.kind === 'escalated' : leadsTo(policy, holder, to);
    moves.push({
      at,
      agentId: entry.actorId,
      standing: before,
      from: place,
      to,
      isEscalation: tierIds.has(to) && isUp,
      isBack: !to.startsWith('#') && visited.has(to),
      count: moves.length + 1,
    });
    arrive(to);
    isGuessed = false;
  };

  for (const [index, step] of steps.entries()) {
    const { kind, value, ref, actor } = step.entry;
    if (kind === 'escalated' || kind === 'handed_off') {
      if (place === null && step.before.tier !== null) arrive(step.before.tier);
      if (value !== null && place !== value) move(step, value);
    } else if (kind === 'handed_back') {
      if (place === null && value !== null) arrive(value);
      const to: Place | null = tierSetWith(steps, index) ?? cameFrom ?? step.before.tier;
      if (place !== value || to === null || to === place) continue;
      move(step, to);
      isGuessed = true;
    } else if (kind === 'group') {
      const to = ref === null ? null : placeOf(ref);
      if (to === null || isBeforeItsCause(steps, index, to, place)) continue;
      if (isGuessed && actor === 'us' && place !== to) {
        const guessed = moves.pop();
        place = guessed?.from ?? null;
        move({ ...step, ...(guessed && { at: guessed.at, before: guessed.standing }) }, to);
      } else if (place === null || actor === 'us') arrive(to);
      else if (place !== to) move(step, to);
      isGuessed = false;
    }
  }
  return moves;
}

/** The tier that the same action set. */
function tierSetWith(steps: readonly Step[], index: number): string | null {
  const time = steps[index]?.at ?? 0;
  for (let next = index + 1; next < steps.length; next++) {
    const step = steps[next];
    // Within one second steps are not in the order of their times.
    if (step === undefined || step.at >= time + 1_000) return null;
    if (step.entry.kind === 'tier' && step.at === time) return step.entry.value;
  }
  return null;
}

/** Whether Deskwright set the group for a move in the sidebar that is recorded after it: two clocks need not agree. */
function isBeforeItsCause(steps: readonly Step[], index: number, to: Place, from: Place | null): boolean {
  const step = steps[index];
  if (step?.entry.actor !== 'us') return false;
  for (let next = index + 1; next < steps.length; next++) {
    const later = steps[next];
    if (later === undefined || later.at - step.at > 60_000) return false;
    const { entry } = later;
    if ((entry.kind === 'escalated' || entry.kind === 'handed_off') && entry.value === to) return true;
    if (entry.kind === 'handed_back' && entry.value === from) return true;
  }
  return false;
}

/** Null: groups cannot be told apart. */
function placesByGroup(
  { tiers, departments }: Pick<Policy, 'tiers' | 'departments'>,
  groupIdOf: MeasureContext['groupIdOf'],
): (groupId: number) => Place | null {
  if (groupIdOf === undefined) return () => null;
  const places = new Map<number | null, Place>();
  for (const { id, group } of [...departments, ...tiers]) places.set(groupIdOf(group), id);
  return (groupId) => places.get(groupId) ?? `#${groupId}`;
}
