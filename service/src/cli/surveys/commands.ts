// Adds `surveys` to the command line.
import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { COMPANY_LANGUAGES, EXPLANATION_FORMATS, explainSurveys, writeExplanation } from '../../reports/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { currentPerson, readPolicy } from '../operator.ts';
import { runSkipped } from './list-skipped.ts';
import { runSwitch, runSwitchStatus, type SwitchDeps } from './switch-surveys.ts';

export function addSurveys(program: Command, { policyOption, jsonOption, exitsWith, withDatabase }: CommandDeps) {
  const surveys = program.command('surveys').description('stop all surveys, see who was left out, explain scores');
  const withDeps = (json: boolean, run: (deps: SwitchDeps) => Promise<number>) =>
    withDatabase(json, (db, out) => run({ db, json, out, now: new Date(), who: currentPerson() }));
  surveys
    .command('stop')
    .description('send no survey, reminder or thank-you from now on')
    .requiredOption('--why <text>', 'recorded with your name')
    .addOption(jsonOption())
    .action(exitsWith(({ why, json }) => withDeps(json, (deps) => runSwitch(deps, 'stop', why))));
  surveys
    .command('resume')
    .description('go on; what is more than three days late by now is not sent')
    .option('--why <text>', 'recorded with your name')
    .addOption(jsonOption())
    .action(exitsWith(({ why, json }) => withDeps(json, (deps) => runSwitch(deps, 'resume', why ?? null))));
  surveys
    .command('status')
    .description('whether surveys are sent, and if not, who stopped them and why')
    .addOption(jsonOption())
    .action(exitsWith(({ json }) => withDeps(json, runSwitchStatus)));
  surveys
    .command('skipped')
    .description('who was not surveyed or reminded, counted by reason')
    .option('--days <number>', 'how far back', toDays, 30)
    .addOption(jsonOption())
    .action(exitsWith(({ days, json }) => withDeps(json, (deps) => runSkipped(deps, days))));
  surveys
    .command('explain')
    .description('an article for the help centre: what the scores mean here, how they are counted, what others reach')
    .addOption(new Option('--format <format>', 'how it is written').choices(EXPLANATION_FORMATS).default('md'))
    .addOption(new Option('--lang <language>', 'its language').choices(COMPANY_LANGUAGES).default('en'))
    .option('--out <file>', 'write it to a file')
    .addOption(policyOption())
    .addHelpText(
      'after',
      `
It is made from the policy: run it again after a change. The company page shows the same. HTML is the body of an article, to be pasted into the source of the editor.`,
    )
    .action(
      exitsWith(async ({ format, lang, out, policy }) => {
        const inForce = (await readPolicy(policy, { runsTests: false })).policy;
        const text = writeExplanation(explainSurveys(inForce, lang, new Date()), format);
        if (out) await writeFile(out, text);
        else process.stdout.write(text);
        return 0;
      }),
    );
}

function toDays(value: string): number {
  const days = Number(value);
  if (!Number.isInteger(days) || days < 1 || days > 3_650)
    throw new InvalidArgumentError('Give a whole number of days from 1 to 3650.');
  return days;
}
