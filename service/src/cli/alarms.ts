// `deskwright alarms`: lists the alarms that are on, and acknowledges one.
import { type Command, InvalidArgumentError } from 'commander';
import { acknowledgeAlarm, listAlarms, whatDiffers } from '../alerts/index.ts';
import type { Database } from '../platform/storage/database.ts';
import { BOOKS_DIFFER, BOOKS_NOT_COMPARED, countDifferences, daysWithoutComparison } from '../refunds/index.ts';
import type { CommandDeps } from './activation/commands.ts';
import { clockOf, readPolicyInForce } from './clock.ts';
import { currentPerson } from './operator.ts';

/** Adds `alarms` to the command line. */
export function addAlarms(program: Command, { jsonOption, exitsWith, withDatabase }: CommandDeps) {
  const alarms = program.command('alarms').description('list alarms, and who acknowledged them');
  alarms
    .command('list', { isDefault: true })
    .description('the alarms that are on and that nobody has acknowledged, the longest first')
    .addOption(jsonOption())
    .action(exitsWith(({ json }) => withDatabase(json, (db, out) => runListAlarms({ db, json, out }))));
  alarms
    .command('acknowledge')
    .argument('<number>', 'of the alarm, as listed', readNumber)
    .description(
      'remove an alarm from the dashboard, recorded with your name; an alarm that starts again is reported again',
    )
    .addOption(jsonOption())
    .action(
      exitsWith((id: number, { json }: { json: boolean }) =>
        withDatabase(json, (db, out) =>
          runAcknowledgeAlarm({ db, json, out }, { id, who: currentPerson(), at: new Date() }),
        ),
      ),
    );
}

function readNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be the number of an alarm.');
}

interface AlarmsDeps {
  db: Database;
  json: boolean;
  out: (line: string) => void;
}

type Alarm = Awaited<ReturnType<typeof listAlarms>>[number];

const lowered = (title: string): string => title.replace('The', 'the');

/** `about`: see `listAlarms`. */
const SAYS = {
  category_rise: ({ n, about }) => `more tickets than usual in category ${about}: ${n} in 24 hours`,
  other_share: ({ n }) => `many tickets in no category of their own: ${n} % of 24 hours`,
  oldest_wait: ({ n }) => `customers wait longer than the limit: ${n}`,
  new_requesters: ({ n }) => `far more new customers than usual: ${n} in an hour`,
  driver_named: ({ n, about }) => `unhappy customers name one reason, ${about}: ${n} in 24 hours`,
  score_fall: ({ n, about }) => `${about} falls beyond chance: ${n} answers in 7 days`,
  agent_refunds: ({ n, about }) => `unusual refunds by agent ${about}: ${n} today`,
  customer_refunds: ({ n }) => `unusual refunds to one customer: ${n} today`,
  refund_differences: ({ n, about }) => `${lowered(BOOKS_DIFFER)}: ${countDifferences(whatDiffers(about ?? ''), n)}`,
  refunds_not_compared: ({ n }) => `${lowered(BOOKS_NOT_COMPARED)}: ${daysWithoutComparison(n)}`,
  outside_refunds: ({ n }) => `refunds made outside Deskwright and entered today: ${n}`,
  webhooks_silent: () => 'no events from Zendesk',
} satisfies Record<Alarm['kind'], (alarm: Alarm) => string>;

/** Exit code 0. */
export async function runListAlarms({ db, json, out }: AlarmsDeps): Promise<number> {
  const alarms = await listAlarms(db);
  const clock = clockOf(await readPolicyInForce(db));
  if (json) out(JSON.stringify({ alarms }));
  else if (alarms.length === 0) out('No alarm is on that nobody has acknowledged.');
  else
    for (const alarm of alarms) {
      const ticket = alarm.ticketId === null ? '' : `, ticket ${alarm.ticketId}`;
      out(`  ${alarm.id}  ${SAYS[alarm.kind](alarm)}, since ${clock.printWithZone(alarm.since)}${ticket}`);
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
