// `deskwright refunds`: stops and resumes all refunds, and shows whether they are stopped.
import type { Database } from '../../platform/storage/database.ts';
import { listStops, type NewStop, recordStop } from '../../refunds/index.ts';

interface StopDeps {
  db: Database;
  json: boolean;
  out: (line: string) => void;
}

/** Exit code 0; 1 if nothing changed. @throws Error without a reason */
export async function runStopRefunds({ db, json, out }: StopDeps, stop: NewStop): Promise<number> {
  const why = stop.why.trim();
  if (why === '') throw new Error('Say why with --why "...": it is recorded with your name.');
  const changed = await recordStop(db, { ...stop, why });
  const isStopped = stop.action === 'stop';
  if (json) out(JSON.stringify({ stopped: isStopped, changed }));
  else if (!changed) out(isStopped ? 'Refunds are stopped already.' : 'Refunds were not stopped.');
  else if (isStopped)
    out('Nobody can refund anything from now on. To let agents go on: deskwright refunds resume --why "..."');
  else out('Agents can refund again, within their limits.');
  return changed ? 0 : 1;
}

/** Exit code 0. */
export async function runRefundsStatus({ db, json, out }: StopDeps): Promise<number> {
  const stops = await listStops(db);
  const stopped = stops[0]?.action === 'stop';
  if (json) out(JSON.stringify({ stopped, stops }));
  else {
    out(stopped ? 'Refunds are stopped.' : 'Refunds are not stopped.');
    for (const { action, who, why, at } of stops)
      out(`  ${at.toISOString()}  ${action === 'stop' ? 'stopped' : 'resumed'} by ${who}: ${why}`);
  }
  return 0;
}
