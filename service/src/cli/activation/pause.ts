// Makes Deskwright only watch, at once.
import { type Acting, readActing, recordActivation } from '../../platform/outbox/activation.ts';
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
  const { mode, scope, groupName } = await readActing(db);
  if (mode === 'act') await recordActivation(db, { mode: 'observe', scope: 'all', who, why });
  if (json) out(JSON.stringify({ ok: true, paused: mode === 'act' }));
  else
    out(
      mode === 'act'
        ? `Paused: Deskwright only watches from now on. To go on as before: ${GO_ON[scope](groupName)}`
        : 'Deskwright only watches already.',
    );
  return 0;
}

/** What was recorded meanwhile is written then, as far as it is covered. */
const GO_ON: Readonly<Record<Acting['scope'], (groupName: string | null) => string>> = {
  all: () => '`deskwright activate`, which also writes what is recorded meanwhile.',
  new_tickets: () => '`deskwright activate --new-only`, for tickets opened from then on.',
  group: (name) =>
    `\`deskwright activate --group "${name}"\`, which also writes what is recorded meanwhile in that group.`,
};
