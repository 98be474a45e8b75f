// `deskwright alarms`: lists the alarms that are on, and acknowledges one.
import { acknowledgeAlarm, listAlarms } from '../../alerts/index.ts';
import type { Database } from '../../platform/storage/database.ts';

interface AlarmsDeps {
  db: Database;
  json: boolean;
  out: (line: string) => void;
}

/** Exit code 0. */
export async function runListAlarms({ db, json, out }: AlarmsDeps): Promise<number> {
  const alarms = await listAlarms(db);
  if (json) out(JSON.stringify({ alarms }));
  else if (alarms.length === 0) out('No alarm is on that nobody has acknowledged.');
  else
    for (const { id, kind, about, n, since, ticketId } of alarms) {
      const ticket = ticketId === null ? '' : `, ticket ${ticketId}`;
      out(`  ${id}  ${kind}${about === null ? '' : ` ${about}`}: ${n}, since ${since.toISOString()}${ticket}`);
    }
  return 0;
}

/** Exit code 0; 1: no such alarm is on, or somebody was faster. */
export async function runAcknowledgeAlarm(
  { db, json, out }: AlarmsDeps,
  alarm: { readonly id: number; readonly who: string; readonly at: Date },
): Promise<number> {
  const changed = await acknowledgeAlarm(db, alarm);
  if (json) out(JSON.stringify({ acknowledged: changed }));
  else
    out(
      changed
        ? `Alarm ${alarm.id} is acknowledged: the dashboard shows it no longer.`
        : `No alarm ${alarm.id} is on that nobody has acknowledged. deskwright alarms lists them.`,
    );
  return changed ? 0 : 1;
}
