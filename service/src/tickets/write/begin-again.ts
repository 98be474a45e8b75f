// Tries whether Zendesk takes writes again, after they were stopped for all.
import { ZendeskError } from '../../zendesk/zendesk.ts';
import type { Run } from './run.ts';
import { endTurn, resumeWrites, takeTurn } from './stopped-writes.ts';

/**
 * Asks who we are, which costs one read, and then lets `performOne` write for a single ticket. True: it was not stopped again, so all
 * may write. One process tries at a time, every `limits.probeMs`.
 */
export async function beginAgain(run: Run, performOne: () => Promise<unknown>): Promise<boolean> {
  const { zendesk } = run.deps;
  const { db, logger } = run.work;
  const turn = await takeTurn(db, run.limits.probeMs);
  if (turn === null) return false;
  try {
    await zendesk.me({ tries: 1 });
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    return false;
  }
  await endTurn(db, turn);
  run.stopped = false;
  await performOne();
  if (run.stopped) return false;
  await resumeWrites(db);
  logger.info({}, 'Zendesk takes writes again');
  return true;
}
