// Waits until no other sweep changes tickets, and refuses one that would do so at the same time.
import type { Database } from '../../platform/storage/database.ts';
import { type SweepStatus, sweepAtWork } from '../../tickets/index.ts';
import { describeAtWork } from './describe-sweep.ts';

export interface WaitDeps {
  readonly db: Database;
  readonly json: boolean;
  readonly out: (text: string) => void;
  /** For what is no result. */
  readonly err: (text: string) => void;
  /** Waits until it is in one of the states, or paused, or somebody stops waiting. */
  readonly follow: (id: number, until: readonly SweepStatus['state'][]) => Promise<SweepStatus>;
}

/**
 * @param id the sweep that would begin; null: it is not planned yet
 * @returns false: another is at work, which was said, and nobody waits for it
 */
export async function waitForOthers(deps: WaitDeps, id: number | null, wait: boolean): Promise<boolean> {
  for (;;) {
    const other = await sweepAtWork(deps.db, id);
    if (other === null) return true;
    if (wait) {
      deps.err(`Waiting for ${describeAtWork(other)} To stop it for now: deskwright sweep pause ${other.id}`);
      const { state, paused } = await deps.follow(other.id, ['done', 'undone']);
      if (paused || state === 'done' || state === 'undone') continue;
    }
    await refuseBusy(deps, id);
    return false;
  }
}

/** @returns the exit code: 1 */
export async function refuseBusy(deps: WaitDeps, id: number | null): Promise<1> {
  const other = await sweepAtWork(deps.db, id);
  return refuse(
    deps,
    other === null
      ? 'Nothing was changed, because another sweep was at work until now. Try again.'
      : `Nothing was changed, because one sweep works at a time: ${describeAtWork(other)} Try again when it is done, or stop it for now: deskwright sweep pause ${other.id}`,
  );
}

/** @returns the exit code: 1 */
export function refuse({ json, out }: Pick<WaitDeps, 'json' | 'out'>, message: string): 1 {
  out(json ? JSON.stringify({ ok: false, error: message }) : message);
  return 1;
}
