// Adds `report` and `annotate` to the command line.
import { Argument, type Command, Option } from 'commander';
import { zendeskOf } from '../../app/config.ts';
import { REPORT_FORMATS, REPORT_KINDS, type ReportKind } from '../../reports/index.ts';
import { CUSTOMER_SURVEYS, type CustomerSurvey } from '../../surveys/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { readMoment } from '../backfill.ts';
import { currentPerson, readPolicy } from '../operator.ts';
import { withOperatorDatabase } from '../operator-database.ts';
import { toNumber } from '../option-values.ts';
import { runAnnotate, runListAnnotations, runRemoveAnnotation } from './annotate.ts';
import {
  runAtRiskReport,
  runPulseReport,
  runReport,
  runSendsReport,
  runShadowReport,
  runSurveyReport,
} from './report.ts';

export function addReports(program: Command, { policyOption, jsonOption, exitsWith, withDatabase }: CommandDeps) {
  program
    .command('report')
    .description(
      'print the figures of support for a day or a week: the team’s figures, topics, goals and forecast; a survey’s score and what drives it; what surveys sent and cost; customers at risk; how agents’ work is; or what policy triggers in shadow would have done',
    )
    .addArgument(
      new Argument('<report>', 'daily or weekly, a survey, sends, at-risk, the agents’ pulse, or shadow').choices([
        ...REPORT_KINDS,
        ...CUSTOMER_SURVEYS,
        'sends',
        'at-risk',
        'pulse',
        'shadow',
      ]),
    )
    .addOption(new Option('--format <format>', 'how it is written').choices(REPORT_FORMATS).default('md'))
    .option('--json', 'the same as --format json', false)
    .option('--date <date>', 'the day, or a day of the period: 2026-11-27 (default: the last one that is over)')
    .addOption(
      new Option('--over <length>', 'of a survey, what it covers (default: quarter)').choices([
        'week',
        'month',
        'quarter',
      ]),
    )
    .option('--tier <id>', 'only tickets of this tier')
    .option('--category <id...>', 'only tickets of these categories')
    .option('--department <id>', 'only what concerns this department')
    .option(
      '--since <time>',
      'of shadow, tickets decided since then: 7d, 12w, or a day such as 2026-09-01 (default: 7d)',
    )
    .option('--trigger <id>', 'of shadow, only this policy trigger')
    .option('--out <file>', 'write it to a file')
    .addOption(policyOption())
    .action(
      exitsWith(
        (
          kind: ReportKind | CustomerSurvey | 'sends' | 'at-risk' | 'pulse' | 'shadow',
          { policy, format, json, out: file, ...asked },
        ) =>
          // The report alone goes to standard output, so that it can be piped.
          withOperatorDatabase({ env: process.env, json: false, out: printError }, async (db) => {
            const now = new Date();
            const printing = {
              db,
              policy: await readPolicy(policy, { runsTests: false }),
              format: json ? ('json' as const) : format,
              file: file ?? null,
              zendesk: zendeskOf(process.env),
              now,
              out: (text: string) => process.stdout.write(text),
              err: printError,
            };
            const { date, tier, category, department, since, trigger, over } = asked;
            if (kind === 'shadow') {
              refuse({ date, tier, category, department, over }, 'go with other reports');
              return runShadowReport({ ...printing, since: readMoment(since ?? '7d', now), trigger: trigger ?? null });
            }
            refuse({ since, trigger }, 'go with shadow');
            if (kind === 'pulse') {
              // A part beside the whole would tell of the rest.
              refuse({ date, tier, category, department, over }, 'go with other reports');
              return runPulseReport(printing);
            }
            if (kind === 'at-risk') {
              refuse({ date, tier, category, department, over }, 'go with other reports');
              return runAtRiskReport(printing);
            }
            if (kind === 'sends') {
              refuse({ tier, category, department, over }, 'go with other reports');
              return runSendsReport({ ...printing, date: date ?? null });
            }
            const about = { ...printing, date: date ?? null, tier: tier ?? null, categories: category ?? [] };
            if (kind !== 'daily' && kind !== 'weekly') {
              refuse({ department }, 'go with daily and weekly');
              return runSurveyReport({ ...about, survey: kind, length: over ?? 'quarter' });
            }
            refuse({ over }, 'go with a survey');
            return runReport({ ...about, kind, department: department ?? null });
          }),
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

/** @throws Error if one of the options is given */
function refuse(options: Readonly<Record<string, unknown>>, where: string): void {
  const names = Object.keys(options);
  if (names.some((name) => options[name] !== undefined))
    throw new Error(`${names.map((name) => `--${name}`).join(', ')} ${where} only.`);
}
