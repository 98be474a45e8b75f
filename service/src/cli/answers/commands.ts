// Adds `answers` to the command line.
import { once } from 'node:events';
import { CUSTOMER_SURVEYS } from '@deskwright/shared';
import { type Command, Option } from 'commander';
import type { CommandDeps } from '../activation/commands.ts';
import { readMoment } from '../backfill.ts';
import { currentPerson, readPolicy } from '../operator.ts';
import { withOperatorDatabase } from '../operator-database.ts';
import { toCustomer, toNumber, toTicketId } from '../option-values.ts';
import { runChooseAnswer, runListAnswers, runScores } from './answers.ts';
import { EXPORT_FORMATS, EXPORTED, runExport } from './export-answers.ts';
import { addAnswerImports } from './import-commands.ts';

export function addAnswers(program: Command, deps: CommandDeps) {
  const { policyOption, jsonOption, exitsWith, withDatabase } = deps;
  const answers = program.command('answers');
  answers
    .description(
      'survey scores as sent and as they count; what was sent about a ticket or by a customer, and why it counts or not',
    )
    .argument('[ticket]', 'the ticket whose submissions are listed', toTicketId)
    .option('--customer <customer>', 'submissions of this customer: an address, or the id in Zendesk', toCustomer)
    .option('--invitation <id>', 'submissions to this invitation', toNumber)
    .addOption(new Option('--survey <survey>', 'submissions to surveys of this kind').choices(CUSTOMER_SURVEYS))
    .option('--since <time>', 'submissions since then: 7d, 12w, or a day such as 2026-09-01')
    .option('--until <time>', 'and before then')
    .option('--days <n>', 'scores of the surveys sent in the last days', toNumber, 90)
    .addOption(new Option('--use <submission>', 'this submission is the answer').argParser(toNumber))
    .addOption(new Option('--release <submission>', 'the rules decide again').argParser(toNumber).conflicts('use'))
    .option('--why <text>', 'recorded with your name')
    .addOption(policyOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Every submission is kept. Scanners of mail send forms too, so each has a verdict (human, doubtful, machine) with its reasons, and rules choose
the one that counts. NPS is about no ticket: list its submissions by --customer or --survey. --use chooses another one: the scores, the history and
the ticket follow, and your name and reason are recorded.`,
    )
    .action(
      exitsWith((ticketId: number | undefined, options) => {
        const { days, use, release, why, policy, json, customer, invitation, survey, since, until } = options;
        return withDatabase(json, async (db, out) => {
          const now = new Date();
          const submissionId = use ?? release;
          if (submissionId !== undefined) {
            if (!why) throw new Error('Give a reason with --why: it is recorded with your name.');
            const inForce = (await readPolicy(policy, { runsTests: false })).policy;
            const choice = use === undefined ? 'release' : 'use';
            const chosen = { submissionId, choice, who: currentPerson(), why, policy: inForce, now } as const;
            return runChooseAnswer({ db, json, out }, chosen);
          }
          const which = {
            ticketId,
            invitationId: invitation,
            customer,
            survey,
            from: since === undefined ? undefined : readMoment(since, now),
            to: until === undefined ? undefined : readMoment(until, now),
          };
          return Object.values(which).every((value) => value === undefined)
            ? runScores({ db, json, out }, { days, now })
            : runListAnswers({ db, json, out }, which);
        });
      }),
    );

  answers
    .command('export')
    .description(
      'write all answers of customers that count, imported ones too, with their words, to standard output; of the pulse, which is anonymous, none',
    )
    .addOption(new Option('--what <rows>', 'what is written').choices(EXPORTED).default('answers'))
    .addOption(new Option('--format <format>', 'how it is written').choices(EXPORT_FORMATS).default('csv'))
    .addHelpText(
      'after',
      `
--what invitations writes everybody who was to be surveyed: asked or not and why, answered or not, with the score that counts and the one submitted last.
--what submissions writes every submission, of people and of machines, with its verdict and the evidence for it.`,
    )
    .action(
      exitsWith(({ what, format }) =>
        // The answers alone go to standard output, so that it can be piped.
        withOperatorDatabase({ env: process.env, json: false, out: (line) => console.error(line) }, (db) =>
          runExport({
            db,
            what,
            format,
            write: async (text) => {
              if (!process.stdout.write(text)) await once(process.stdout, 'drain');
            },
          }),
        ),
      ),
    );
  addAnswerImports(answers, deps);
}
