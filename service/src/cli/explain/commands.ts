// Adds `explain` to the command line.
import { type Command, Option } from 'commander';
import { createLogger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { chargingReadBudget } from '../../tickets/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { readPolicyInForce } from '../clock.ts';
import { explainTicket } from '../explain-ticket.ts';
import { runExplainTickets } from '../explain-tickets.ts';
import { openAccount } from '../open-account.ts';
import { readNamedPolicy } from '../operator.ts';
import { toEncoding, toTicketId } from '../option-values.ts';
import { explainComment } from './explain-comment.ts';
import { explainRefund } from './explain-refund.ts';
import { ruleChangesReader } from './read-rule-changes.ts';
import { refundAsked } from './refund-asked.ts';
import { markStyle } from './words.ts';

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
    .option(
      '--refund <amount>',
      'show whether --agent may refund this amount on the ticket now, and which rule decides',
    )
    .option('--currency <code>', 'of that amount (default: the policy’s)')
    .option('--agent <agent>', 'who would refund: name, e-mail address or id')
    .option('--tier <ids...>', 'as if that agent were in these tiers')
    .addOption(new Option('--role <role>', 'as if that agent had this role').choices(['agent', 'admin']))
    .option('--payment <id>', 'the payment, or none for a refund by hand (default: the only one found for the ticket)')
    .addOption(policyOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
What Zendesk's own triggers and automations changed on a ticket is read from its audits in Zendesk (environment: see .env.example).
Without Zendesk, the rest is shown.

A customer's own words are only shown with --words, as long as the service has them (retention.words in the policy, deskwright forget).

--refund asks the policy in force, or the one named: --policy draft.yaml, --policy git:HEAD~1. On a file of tickets it needs no database; what
was paid stands there in paid, refunded and paid_on. Exit code 1: it is not allowed.

Examples:
  deskwright explain 4711 --refund 80 --agent lena@northwind.test
  deskwright explain 4711 --refund 80 --agent lena@northwind.test --policy draft.yaml
  deskwright explain --tickets ticket.json --refund 80 --agent new@northwind.test --tier t2`,
    )
    .action(
      exitsWith(
        async (
          ticketId: number | undefined,
          { tickets: file, encoding, policy: policyPath, json, words: showsWords, comment, ...options },
          command: Command,
        ) => {
          const asked = refundAsked(options);
          const words = showsWords ? markStyle(process.stdout, process.env) : null;
          if (comment !== undefined) {
            if (file || ticketId !== undefined) throw new Error('Give --comment TEXT without a ticket or --tickets.');
            const style = markStyle(process.stdout, process.env);
            return explainComment({ comment, policyPath, json, style, out: console.log });
          }
          if (file && ticketId !== undefined) throw new Error('Give a ticket or --tickets FILE, not both.');
          // `--policy` may name a draft, or a version in git.
          const inPlaceOf = policyOption().defaultValue;
          if (file)
            return runExplainTickets({
              file,
              encoding,
              policyPath,
              inPlaceOf,
              json,
              words,
              refund: asked,
              out: console.log,
              err: console.error,
            });
          if (asked !== null) {
            if (ticketId === undefined)
              throw new Error('Name the ticket: deskwright explain 42 --refund 80 --agent ...');
            const isNamed = command.getOptionValueSource('policy') === 'cli';
            return withDatabase(json, async (db, out) => {
              const policy = isNamed ? await readNamedPolicy(policyPath, inPlaceOf) : await inForce(db);
              return explainRefund({ db, ticketId, asked, policy, now: new Date(), json, out });
            });
          }
          return withDatabase(json, (db, out) =>
            explainTicket({ db, ticketId: ticketId ?? null, json, readRules: rulesReader(db), words, out }),
          );
        },
      ),
    );
}

async function inForce(db: Database) {
  const policy = await readPolicyInForce(db);
  if (policy === null)
    throw new Error('The service has not loaded a policy with this database yet. Name one with --policy FILE.');
  return { name: 'the policy in force', policy };
}

/** Somebody waits for the answer: an account that is slow or asks for a pause is given up soon. */
const PATIENCE = { readTries: 2, timeoutMs: 8_000, longestReadWaitMs: 10_000 };

const rulesReader = (db: Database) =>
  ruleChangesReader(async () => {
    const { asService } = await openAccount(db, process.env, PATIENCE);
    const charged = chargingReadBudget(asService, { db, logger: createLogger('error') });
    return { listRuleChanges: (...asked) => charged.listRuleChanges(...asked), objects: asService.objects };
  });
