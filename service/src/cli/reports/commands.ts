// Adds `report` and `annotate` to the command line.
import { Argument, type Command, Option } from 'commander';
import { zendeskOf } from '../../app/config.ts';
import { REPORT_FORMATS, REPORT_KINDS, type ReportKind } from '../../reports/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { currentPerson, readPolicy } from '../operator.ts';
import { withOperatorDatabase } from '../operator-database.ts';
import { toNumber } from '../option-values.ts';
import { runAnnotate, runListAnnotations, runRemoveAnnotation } from './annotate.ts';
import { runReport } from './report.ts';

export function addReports(program: Command, { policyOption, jsonOption, exitsWith, withDatabase }: CommandDeps) {
  program
    .command('report')
    .description('print how support stood on a day or in a week: the team’s figures, topics, goals and forecast')
    .addArgument(new Argument('<period>', 'the day or the week that it covers').choices(REPORT_KINDS))
    .addOption(new Option('--format <format>', 'how it is written').choices(REPORT_FORMATS).default('md'))
    .option('--json', 'the same as --format json', false)
    .option('--date <date>', 'the day, or a day of the week: 2026-11-27 (default: the last one that is over)')
    .option('--tier <id>', 'only tickets of this tier')
    .option('--category <id...>', 'only tickets of these categories')
    .option('--department <id>', 'only what concerns this department')
    .option('--out <file>', 'write it to a file')
    .addOption(policyOption())
    .action(
      exitsWith((kind: ReportKind, { policy, format, json, date, tier, category, department, out: file }) =>
        // The report alone goes to standard output, so that it can be piped.
        withOperatorDatabase({ env: process.env, json: false, out: printError }, async (db) =>
          runReport({
            db,
            policy: await readPolicy(policy, { runsTests: false }),
            kind,
            format: json ? 'json' : format,
            date: date ?? null,
            tier: tier ?? null,
            categories: category ?? [],
            department: department ?? null,
            file: file ?? null,
            zendesk: zendeskOf(process.env),
            now: new Date(),
            out: (text) => process.stdout.write(text),
            err: printError,
          }),
        ),
      ),
    );

  program
    .command('annotate')
    .description('mark a launch or a campaign, so that trends and reports show what it changed')
    .argument('[text]', 'what happened: "New checkout"')
    .option('--at <time>', 'when, on the clock of the policy: 2026-11-20T10:00 or 2026-11-20 (default: now)')
    .option('--category <id>', 'the category that it concerns')
    .option('--list', 'list what is marked', false)
    .option('--remove <id>', 'remove a mark', toNumber)
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith((text: string | undefined, { at, category, list, remove, policy: path, json }) => {
        if ([text !== undefined, list, remove !== undefined].filter(Boolean).length !== 1)
          throw new Error('Give a text, --list or --remove ID.');
        return withDatabase(json, async (db, out) => {
          const deps = { db, json, out };
          if (remove !== undefined) return runRemoveAnnotation(deps, remove);
          const { policy } = await readPolicy(path, { runsTests: false });
          if (text === undefined) return runListAnnotations({ ...deps, policy });
          const mark = { text, at: at ?? null, category: category ?? null, who: currentPerson() };
          return runAnnotate({ ...deps, policy, now: new Date() }, mark);
        });
      }),
    );
}

const printError = (line: string): void => console.error(line);
