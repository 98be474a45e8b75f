// Adds `surveys` to the command line.
import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { COMPANY_LANGUAGES, EXPLANATION_FORMATS, explainSurveys, writeExplanation } from '../../reports/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { readPolicy } from '../operator.ts';

export function addSurveys(program: Command, { policyOption, exitsWith }: CommandDeps) {
  const surveys = program.command('surveys').description('what surveys mean, for colleagues');
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
