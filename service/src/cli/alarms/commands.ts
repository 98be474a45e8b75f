// Adds `alarms` to the command line.
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandDeps } from '../activation/commands.ts';
import { currentPerson } from '../operator.ts';
import { runAcknowledgeAlarm, runListAlarms } from './alarms.ts';

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
