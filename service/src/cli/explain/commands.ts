// Adds `explain` to the command line.
import type { Command } from 'commander';
import { createLogger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { chargingReadBudget } from '../../tickets/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { explainTicket } from '../explain-ticket.ts';
import { runExplainTickets } from '../explain-tickets.ts';
import { openAccount } from '../open-account.ts';
import { toEncoding, toTicketId } from '../option-values.ts';
import { explainComment } from './explain-comment.ts';
import { markStyle } from './print-words.ts';
import { ruleChangesReader } from './read-rule-changes.ts';

export function addExplain(program: Command, { policyOption, jsonOption, exitsWith, withDatabase }: CommandDeps) {
  program
    .command('explain')
    .description('show one ticket’s history, or decide a whole file of tickets without changing anything')
    .argument('[ticket]', 'number of the ticket (default: the one whose customer has waited longest)', toTicketId)
    .option('--tickets <file>', 'CSV (message, or subject and description) or JSON of Zendesk tickets; also gzip')
    .option(
      '--encoding <name>',
      'encoding of that file if it is not UTF-8 or UTF-16: windows-1252, shift_jis ...',
      toEncoding,
    )
    .option(
      '--words',
      'show the tickets’ words, with those marked that each condition saw (positions with --json)',
      false,
    )
    .option(
      '--comment <text>',
      'show which drivers of surveys.lexicon a customer’s answer is about, and by which words',
    )
    .addOption(policyOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
What Zendesk's own triggers and automations changed on a ticket is read from its audits in Zendesk (environment: see .env.example).
Without Zendesk, the rest is shown.

A customer's own words are only shown with --words, as long as the service has them (retention.words in the policy, deskwright forget).`,
    )
    .action(
      exitsWith(
        async (
          ticketId: number | undefined,
          { tickets: file, encoding, policy: policyPath, json, words: showsWords, comment },
        ) => {
          const words = showsWords ? markStyle(process.stdout, process.env) : null;
          if (comment !== undefined) {
            if (file || ticketId !== undefined) throw new Error('Give --comment TEXT without a ticket or --tickets.');
            const style = markStyle(process.stdout, process.env);
            return explainComment({ comment, policyPath, json, style, out: console.log });
          }
          if (file && ticketId !== undefined) throw new Error('Give a ticket or --tickets FILE, not both.');
          if (file) {
            // `--policy` may name a draft.
            const inPlaceOf = policyOption().defaultValue;
            return runExplainTickets({
              file,
              encoding,
              policyPath,
              inPlaceOf,
              json,
              words,
              out: console.log,
              err: console.error,
            });
          }
          return withDatabase(json, (db, out) =>
            explainTicket({ db, ticketId: ticketId ?? null, json, readRules: rulesReader(db), words, out }),
          );
        },
      ),
    );
}

/** Somebody waits for the answer: an account that is slow or asks for a pause is given up soon. */
const PATIENCE = { readTries: 2, timeoutMs: 8_000, longestReadWaitMs: 10_000 };

const rulesReader = (db: Database) =>
  ruleChangesReader(async () => {
    const { asService } = await openAccount(db, process.env, PATIENCE);
    const charged = chargingReadBudget(asService, { db, logger: createLogger('error') });
    return { listRuleChanges: (...asked) => charged.listRuleChanges(...asked), objects: asService.objects };
  });
