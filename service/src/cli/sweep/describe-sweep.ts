// Describes sweeps for operators.
import type { ReadPolicy } from '../../policy/read-policy-file.ts';
import type { SweepMove, SweepStatus } from '../../tickets/index.ts';

/** `update_many` takes a hundred tickets in one call. */
const TICKETS_PER_CALL = 100;

export const MOST_MOVES = 20;

/** What to know when a sweep does not go by the file. Nothing: it does, or there is no such file on this machine. */
export function describeOtherFile(path: string, read: ReadPolicy, { policyHash }: SweepStatus): string[] {
  if (read.outcome === 'refused')
    return [`${path} is invalid (deskwright check), so this uses the last valid policy.\n`];
  if (read.outcome === 'loaded' && read.loaded.hash !== policyHash)
    return [`${path} differs from the policy in force, which this uses.\n`];
  return [];
}

export function describePlan(
  { open, byPeople, undecided, tickets: states }: SweepStatus,
  moves: readonly SweepMove[],
  groupName: (id: number | null) => string,
): string[] {
  const changes = states.planned ?? 0;
  const same = open - byPeople - undecided - changes;
  return [
    `${tickets(open)} ${open === 1 ? 'is' : 'are'} open. ${changes} would change, ${same} would not change, ${byPeople} were set by people and are kept.`,
    ...(undecided > 0 ? [`${undecided} could not be decided; the service's log has the reason.`] : []),
    ...(moves.length > 0 ? [''] : []),
    ...moves.slice(0, MOST_MOVES).map((move) => describeMove(move, groupName)),
    ...(moves.length > MOST_MOVES ? [`  and ${moves.length - MOST_MOVES} other kinds (--json shows them)`] : []),
    ...(changes > 0
      ? ['', `This takes about ${plural(Math.ceil(changes / TICKETS_PER_CALL), 'update call')} to Zendesk.`]
      : []),
  ];
}

export function describeMove(
  { before, after, trigger, tags, n, examples }: SweepMove,
  groupName: (id: number | null) => string,
): string {
  const parts = [
    changed('category', before.category, after.category),
    changed('tier', before.tier, after.tier),
    changed('priority', before.priority, after.priority),
    before.groupId === after.groupId ? [] : `${groupName(before.groupId)} -> ${groupName(after.groupId)}`,
    tagsChanged(tags),
  ].flat();
  const isMoved = before.category !== after.category;
  if (!isMoved && parts.length === 0) parts.push('its tags of category and tier are set again');
  const what = [...(isMoved ? [] : [`category ${after.category ?? 'none'} stays`]), ...parts].join(', ');
  const by = trigger === null ? 'by no trigger' : `by ${trigger}`;
  return `  ${String(n).padStart(6)}  ${what} (${by}), such as ${examples.slice(0, 3).join(', ')}`;
}

function tagsChanged({ added, removed }: SweepMove['tags']): string[] {
  const each = [...added.map((tag) => `+${tag}`), ...removed.map((tag) => `-${tag}`)];
  return each.length > 0 ? [`tags ${each.join(' ')}`] : [];
}

const changed = (name: string, before: string | null, after: string | null): string | string[] =>
  before === after ? [] : `${name} ${before ?? 'none'} -> ${after ?? 'none'}`;

export const tickets = (n: number): string => plural(n, 'ticket');
const plural = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** `sweep 3 of ana, begun at 2026-11-30T10:00:00.000Z, runs.` */
export const describeAtWork = ({
  id,
  who,
  state,
  begunAt,
  createdAt,
}: Omit<SweepStatus, 'tickets' | 'waiting'>): string =>
  `sweep ${id} of ${who}, begun at ${(begunAt ?? createdAt).toISOString()}, ${DOING[state]}.`;

export function describeState(sweep: SweepStatus): string[] {
  const { id, state, paused, pausedBecause, tickets: states, waiting } = sweep;
  const doing = paused ? `is paused${pausedBecause === null ? '' : `: ${pausedBecause}`}` : DOING[state];
  const counts = (Object.keys(COUNTED) as (keyof typeof COUNTED)[]).flatMap((each) => {
    const n = states[each] ?? 0;
    return n === 0 ? [] : `${n} ${COUNTED[each]}`;
  });
  return [
    `Sweep ${id} ${doing}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}.`,
    ...(waiting > 0 ? [`${waiting} changes wait to be written.`] : []),
    ...((states.failed ?? 0) > 0 ? ["The service's log has the reasons why tickets could not be decided."] : []),
    ...(paused ? describeWaysOn(sweep) : []),
    ...(isAsked(sweep) ? [describeAsked(id)] : []),
  ];
}

/** Whether only the command that planned it can begin it, which asks a person. */
export const isAsked = ({ state }: Pick<SweepStatus, 'state'>): boolean => state === 'planning' || state === 'planned';

/** Nobody is told when such a command is killed. */
export const describeAsked = (id: number): string =>
  `Sweep ${id} has changed nothing. Only the command that planned it can start it, after confirmation; if that command has ended: deskwright sweep cancel ${id}, then deskwright sweep makes a new plan.`;

/** A policy that changed stops a sweep for good: its tickets were planned, and shown to a person, by the former one. */
function describeWaysOn({ id, state, pausedBecause, tickets: states }: SweepStatus): string[] {
  const resume = `deskwright sweep resume ${id}`;
  if (state === 'undoing' || pausedBecause === null) return [`Continue with: ${resume}`];
  const [changed, left] = [states.changed ?? 0, states.planned ?? 0];
  return [
    `What it changed (${tickets(changed)}) is kept; ${tickets(left)} ${left === 1 ? 'is' : 'are'} not changed. If resumed under another policy, it pauses again. You can`,
    '  use the policy in force:      deskwright sweep   (it makes a new plan, for all open tickets)',
    `  undo what was changed:        deskwright sweep undo ${id}`,
    `  end it as it was planned:     put the former policy back (deskwright publish), then ${resume}`,
  ];
}

const DOING: Record<SweepStatus['state'], string> = {
  planning: 'looks at open tickets',
  planned: 'is planned',
  running: 'runs',
  done: 'is done',
  undoing: 'is being undone',
  undone: 'was undone',
  cancelled: 'was cancelled',
};

const COUNTED = {
  planned: 'to be changed',
  changed: 'changed',
  unchanged: 'had nothing left to change',
  left: 'left alone',
  failed: 'could not be decided',
  restored: 'restored',
  kept: 'kept wholly or in part, because somebody changed them since',
} as const satisfies Record<keyof SweepStatus['tickets'], string>;
