// Adds `campaign` to the command line.
import type { Command } from 'commander';
import { Argument, InvalidArgumentError } from 'commander';
import type { WhichCampaigns } from '../../surveys/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { askPerson, currentPerson, readPolicy } from '../operator.ts';
import { type CampaignDeps, runAskAgain, runPause, runResume, runStart, runStatus, runStop } from './campaign.ts';
import { readCohortNames } from './read-cohort-names.ts';

export function addCampaign(program: Command, { policyOption, jsonOption, exitsWith, withDatabase }: CommandDeps) {
  const withDeps = (json: boolean, run: (deps: CampaignDeps) => Promise<number>) =>
    withDatabase(json, (db, out) => run({ db, json, out, now: new Date(), who: currentPerson() }));
  const survey = () => new Argument('<survey>', 'what is asked').choices(['nps', 'pulse']);
  const campaign = program
    .command('campaign')
    .description('send surveys by a plan instead of after a solve: NPS to customers, or the anonymous pulse to agents')
    .addHelpText(
      'after',
      `
The plan is made at the start: everybody's mail at equal distances over \`surveys.nps.every\` (of a pulse, all at its beginning), round after round. The running service sends them.
\`deskwright campaign stop nps\` cancels at once what was not sent of all campaigns of nps; with a number from \`status\`, of that one only.
Several campaigns may be under way at the same time, as one for everybody and one for a list: nobody is asked by two of them.`,
    );
  campaign
    .command('start')
    .addArgument(survey())
    .description('show who would be surveyed and when, ask for confirmation, and start')
    .option(
      '--csv <file>',
      'only these people, once: a column user_id or email (not for the pulse, which is anonymous)',
    )
    .option(
      '--brand <name>',
      'under this brand of surveys.brands; without --csv those whose newest ticket has it (not for the pulse)',
    )
    .option('--from <date>', 'first day, such as 2026-12-01; default: tomorrow')
    .option('--people', 'list everybody', false)
    .option('--why <text>', 'recorded with your name')
    .option('--dry-run', 'only show what would happen', false)
    .option('--yes', 'do not ask for confirmation', false)
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith((kind: 'nps' | 'pulse', { policy, csv, brand, from, people, why, dryRun, yes, json }) =>
        withDeps(json, async (deps) => {
          const read = (await readPolicy(policy)).policy;
          return runStart(deps, {
            survey: kind,
            policy: read,
            csv: csv ?? null,
            brand: brand ?? null,
            from: from ?? null,
            listsPeople: people,
            why: why ?? null,
            dryRun,
            ask: yes ? async () => true : askPerson,
            readNames: () => readCohortNames(deps.db, read, process.env),
          });
        }),
      ),
    );
  campaign
    .command('status', { isDefault: true })
    .description('the latest campaigns, their progress, and who was not surveyed and why')
    .addOption(jsonOption())
    .action(exitsWith(({ json }) => withDeps(json, runStatus)));
  for (const [name, description, run] of [
    ['pause', 'send nothing more for now', runPause],
    ['resume', 'go on; what waits moves by the time of the pause', runResume],
    ['stop', 'end it for good: what was not sent is cancelled', runStop],
  ] as const)
    campaign
      .command(name)
      .argument('<campaign>', 'nps or pulse for all of that survey, or the number of one', toWhich)
      .description(description)
      .option('--why <text>', 'recorded with your name')
      .addOption(jsonOption())
      .action(
        exitsWith((which: WhichCampaigns, { why, json }) => withDeps(json, (deps) => run(deps, which, why ?? null))),
      );
  campaign
    .command('ask-again')
    .argument('<user id>', 'the customer’s id in Zendesk', toUserId)
    .description('send NPS to a customer again, as after a call with a detractor (surveys.nps.ask_again_after)')
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith((userId: number, { policy, json }) =>
        withDeps(json, async (deps) => runAskAgain(deps, userId, (await readPolicy(policy)).policy)),
      ),
    );
}

function toWhich(value: string): WhichCampaigns {
  if (value === 'nps' || value === 'pulse') return value;
  if (/^[1-9]\d{0,14}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('Give nps, pulse or a number that deskwright campaign status shows.');
}

function toUserId(value: string): number {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new InvalidArgumentError('Give the id that Zendesk shows, such as 4711.');
  return Number(value);
}
