// Makes Deskwright only watch, at once.
import { readActing, recordActivation } from '../../platform/outbox/activation.ts';
import type { Database } from '../../platform/storage/database.ts';

export interface PauseOptions {
  readonly db: Database;
  /** The person's name on this machine. */
  readonly who: string;
  readonly why: string | null;
  readonly json: boolean;
  readonly out: (text: string) => void;
}

/** `deskwright pause`: calls under way end, no other begins, in any process. Exit code 0. */
export async function runPause({ db, who, why, json, out }: PauseOptions): Promise<0> {
  const { mode } = await readActing(db);
  if (mode === 'act') await recordActivation(db, { mode: 'observe', scope: 'all', who, why });
  if (json) out(JSON.stringify({ ok: true, paused: mode === 'act' }));
  else
    out(
      mode === 'act'
        ? 'Paused: Deskwright only watches from now on. What is recorded meanwhile is written after `deskwright activate`.'
        : 'Deskwright only watches already.',
    );
  return 0;
}
