// `deskwright sweep`: has the service decide open tickets again by the policy in force, and undoes it.
import { nearestSpelling } from '@deskwright/shared';
import { readGroups } from '../../directory/directory.ts';
import { describeActing, readActing } from '../../platform/outbox/activation.ts';
import type { Database } from '../../platform/storage/database.ts';
import { readPolicyFile } from '../../policy/read-policy-file.ts';
import {
  listMoves,
  listSweeps,
  pauseSweep,
  planSweep,
  readSweep,
  type SweepFilter,
  stepSweep,
  sweepAtWork,
} from '../../tickets/index.ts';
import {
  describeAsked,
  describeMove,
  describeOtherFile,
  describePlan,
  describeState,
  isAsked,
  MOST_MOVES,
  tickets,
} from './describe-sweep.ts';
import { refuse, refuseBusy, type WaitDeps, waitForOthers } from './wait-for-others.ts';

export interface SweepDeps extends WaitDeps {
  /** The person's name on this machine. */
  readonly who: string;
}

export interface SweepOptions {
  readonly ticketIds: readonly number[] | null;
  readonly category: string | null;
  readonly tier: string | null;
  /** The name of a group of Zendesk. */
  readonly group: string | null;
  readonly why: string | null;
  /** The policy file on this machine; the service may go by another. */
  readonly policyPath: string;
  readonly dryRun: boolean;
  /** Whether to wait until it is done. */
  readonly wait: boolean;
  /** Whether the person agrees. */
  readonly ask: (question: string) => Promise<boolean>;
}

/**
 * @returns the exit code: 0 done, nothing to change, or a dry run; 1 the person said no, or it is not done yet
 * @throws Error with what to do when it cannot be done
 */
export async function runSweep(deps: SweepDeps, options: SweepOptions): Promise<0 | 1> {
  const { db, json, out, who, follow } = deps;
  const { why, policyPath, dryRun, wait, ask } = options;
  const acting = await readActing(db);
  if (acting.mode === 'observe') throw new Error(`Deskwright ${describeActing(acting)}. A sweep would change nothing.`);
  const filter = await filterFrom(db, options);
  if (!dryRun && !(await waitForOthers(deps, null, wait))) return 1;
  const id = await planSweep(db, { origin: 'operator', who, why, filter });
  const planned = await follow(id, ['planned', 'cancelled']);
  if (planned.state !== 'planned') {
    await stepSweep(db, id, 'cancel');
    if (!json) out('Nothing was changed.');
    return 1;
  }
  const changes = planned.tickets.planned ?? 0;
  const moves = await listMoves(db, id);
  if (!json) {
    const other = describeOtherFile(policyPath, await readPolicyFile(policyPath), planned);
    out([...other, ...describePlan(planned, moves, await groupNames(db))].join('\n'));
  }
  const isAgreed = !dryRun && changes > 0 && (await ask(`Change ${tickets(changes)}?`));
  if (isAgreed && !(await stepSweep(db, id, 'run'))) {
    await stepSweep(db, id, 'cancel');
    return refuseBusy(deps, id);
  }
  if (!isAgreed) await stepSweep(db, id, 'cancel');
  if (!isAgreed) {
    if (json) out(JSON.stringify({ sweep: await readSweep(db, id), moves }));
    else if (changes > 0) out(dryRun ? 'Nothing was changed (--dry-run).' : 'Nothing was changed.');
    return dryRun || changes === 0 ? 0 : 1;
  }
  const undo = `To undo it: deskwright sweep undo ${id}`;
  if (!wait) {
    out(json ? JSON.stringify({ sweep: await readSweep(db, id), moves }) : `Sweep ${id} runs. ${undo}`);
    return 0;
  }
  const end = await follow(id, ['done', 'undone']);
  if (json) out(JSON.stringify({ sweep: end, moves }));
  else out([...describeState(end), undo].join('\n'));
  return end.state === 'done' ? 0 : 1;
}

async function filterFrom(db: Database, { ticketIds, category, tier, group }: SweepOptions): Promise<SweepFilter> {
  return {
    ...(ticketIds && { ticketIds }),
    ...(category !== null && { category }),
    ...(tier !== null && { tier }),
    ...(group !== null && { groupId: await findGroup(db, group) }),
  };
}

async function findGroup(db: Database, name: string): Promise<number> {
  const groups = await readGroups(db);
  const id = groups.get(name);
  if (id !== undefined) return id;
  const nearest = nearestSpelling(name, [...groups.keys()]);
  throw new Error(`Zendesk has no group "${name}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`);
}

async function groupNames(db: Database): Promise<(id: number | null) => string> {
  const names = new Map([...(await readGroups(db))].map(([name, id]) => [id, name]));
  return (id) => (id === null ? 'no group' : (names.get(id) ?? `group ${id}`));
}

/** @returns the exit code: 0 */
export async function runList({ db, json, out }: SweepDeps): Promise<0> {
  const sweeps = await listSweeps(db);
  if (json) out(JSON.stringify({ sweeps }));
  else if (sweeps.length === 0) out('There was no sweep yet.');
  else {
    for (const { id, state, paused, createdAt, who, why } of sweeps)
      out(
        `${String(id).padStart(4)}  ${createdAt.toISOString()}  ${paused ? 'paused' : state}  ${who}${why ? `: ${why}` : ''}`,
      );
    for (const { id } of sweeps.filter(isAsked)) out(describeAsked(id));
  }
  return 0;
}

/** @returns the exit code: 0 found, 1 there is no such sweep */
export async function runStatus({ db, json, out }: SweepDeps, id: number): Promise<0 | 1> {
  const sweep = await readSweep(db, id);
  if (sweep === null) return refuse({ json, out }, `There is no sweep ${id}. See deskwright sweep list.`);
  const moves = await listMoves(db, id);
  if (json) out(JSON.stringify({ sweep, moves }));
  else {
    const groupName = await groupNames(db);
    out(
      [...describeState(sweep), ...moves.slice(0, MOST_MOVES).map((move) => describeMove(move, groupName))].join('\n'),
    );
  }
  return 0;
}

/** @returns the exit code: 0 done, 1 it does not run */
export async function runPause(deps: SweepDeps, id: number, isPaused: boolean): Promise<0 | 1> {
  const { db, json, out } = deps;
  const because = (await readSweep(db, id))?.pausedBecause ?? null;
  if (!(await pauseSweep(db, id, isPaused)))
    return (isPaused ? null : await sweepAtWork(db, id)) === null
      ? refuse(deps, `Sweep ${id} does not run.`)
      : refuseBusy(deps, id);
  const again =
    because === null
      ? ''
      : ` It had paused because ${because}: unless the former one is back, it pauses again (deskwright sweep status ${id}).`;
  out(
    json
      ? JSON.stringify({ ok: true })
      : isPaused
        ? `Sweep ${id} is paused. Continue with: deskwright sweep resume ${id}`
        : `Sweep ${id} continues.${again}`,
  );
  return 0;
}

/** @returns the exit code: 0 done, 1 it has begun already */
export async function runCancel({ db, json, out }: SweepDeps, id: number): Promise<0 | 1> {
  if (!(await stepSweep(db, id, 'cancel')))
    return refuse(
      { json, out },
      `Sweep ${id} is not waiting to begin. What it changed can be undone: deskwright sweep undo ${id}`,
    );
  out(json ? JSON.stringify({ ok: true }) : `Sweep ${id} was cancelled. It had changed nothing.`);
  return 0;
}

/**
 * Restores what a sweep changed. While the policy in force stays the same, the next event of a ticket decides it by that policy again.
 * @returns the exit code: 0 done, or a dry run; 1 the person said no, it cannot be undone, or it is not done yet
 */
export async function runUndo(
  deps: SweepDeps,
  id: number,
  { dryRun, wait, ask }: Pick<SweepOptions, 'dryRun' | 'wait' | 'ask'>,
): Promise<0 | 1> {
  const { db, json, out, follow } = deps;
  const sweep = await readSweep(db, id);
  if (sweep === null || !['running', 'done', 'undoing'].includes(sweep.state))
    return refuse({ json, out }, `Sweep ${id} changed nothing that can be undone.`);
  const n = sweep.tickets.changed ?? 0;
  if (!json)
    out(
      `Sweep ${id} changed ${tickets(n)}. What somebody changed since is kept. The policy in force decides a ticket again at its next event: publish the former policy first (deskwright publish).`,
    );
  const isAgreed = !dryRun && (sweep.state === 'undoing' || (await ask(`Restore ${tickets(n)}?`)));
  if (!isAgreed) {
    out(json ? JSON.stringify({ sweep }) : 'Nothing was changed.');
    return dryRun ? 0 : 1;
  }
  if (sweep.state !== 'undoing') {
    if (!(await waitForOthers(deps, id, wait))) return 1;
    if (!(await stepSweep(db, id, 'undo'))) return refuseBusy(deps, id);
  }
  const end = wait ? await follow(id, ['undone']) : await readSweep(db, id);
  if (json) out(JSON.stringify({ sweep: end }));
  else if (end) out(describeState(end).join('\n'));
  return !wait || end?.state === 'undone' ? 0 : 1;
}
