// Adds `answers import`, `answers imports` and `answers undo-import` to the command line.
import cliProgress from 'cli-progress';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  CUSTOMER_SURVEYS,
  DATE_ORDERS,
  IMPORT_FIELDS,
  IMPORT_SOURCES,
  type ImportField,
  isTimeZone,
  listImports,
  nameOfSource,
  undoImport,
} from '../../surveys/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { currentPerson, readPolicy } from '../operator.ts';
import { toEncoding, toNumber } from '../option-values.ts';
import { runImportAnswers } from './import-answers.ts';

export function addAnswerImports(answers: Command, { policyOption, jsonOption, exitsWith, withDatabase }: CommandDeps) {
  answers
    .command('import')
    .argument('<file>', 'a CSV export')
    .description('take in past answers from a CSV export of Typeform, SimpleSAT or another tool; each counts once')
    .addOption(new Option('--from <tool>', 'default: recognised by the header').choices(IMPORT_SOURCES))
    .addOption(new Option('--kind <survey>', 'what was asked').choices(CUSTOMER_SURVEYS).makeOptionMandatory())
    .addOption(
      new Option('--map <column=field>', `what a column holds: ${IMPORT_FIELDS.join(', ')}; may be given again`)
        .argParser(addMapping)
        .default({}, 'by the names of the columns'),
    )
    .addOption(new Option('--dates <order>', 'of dates such as 5/10/2024').choices(DATE_ORDERS))
    .addOption(
      new Option(
        '--time-zone <zone>',
        'of times that name none, such as Europe/Madrid; default: the policy’s',
      ).argParser(toTimeZone),
    )
    .addOption(new Option('--encoding <name>', 'default: UTF-8 or UTF-16').argParser(toEncoding))
    .option('--rejects <file>', 'write lines and reasons of rows that are set aside into a CSV file')
    .addOption(
      new Option('--only <column=value>', 'only rows with this value in this column, such as "Metric=NPS"').argParser(
        toOnly,
      ),
    )
    .option('--force', 'import also what seems to be of another scale', false)
    .option('--dry-run', 'only show what would happen', false)
    .addOption(policyOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Imported answers count in scores and reports, which name their source. The same answer counts once, in whatever file it comes and however its columns are mapped; so does one that our own survey has.
A file in which more than one score in twenty is outside of the scale, or none is the highest, is refused without --force; one with several kinds of survey needs --only.
Rows that are no answer are set aside with their line and the reason; all others go in. To take everything back: deskwright answers undo-import <id>.`,
    )
    .action(
      exitsWith(
        (path: string, { from, kind, map, dates, timeZone, encoding, rejects, only, force, dryRun, policy, json }) =>
          withDatabase(json, async (db, out) => {
            const bar = new cliProgress.SingleBar({
              stream: process.stderr,
              format: '{bar} {value} of {total} answers',
            });
            const isShown = process.stderr.isTTY && !json;
            const inForce = (await readPolicy(policy, { runsTests: false })).policy;
            try {
              return await runImportAnswers(
                { db, json, out, now: new Date(), who: currentPerson() },
                {
                  path,
                  policy: inForce,
                  from: from ?? null,
                  survey: kind,
                  map,
                  dates: dates ?? null,
                  timeZone: timeZone ?? null,
                  encoding: encoding ?? null,
                  rejects: rejects ?? null,
                  only: only ?? null,
                  force,
                  dryRun,
                  onProgress: (done, all) => {
                    if (!isShown) return;
                    if (!bar.isActive) bar.start(all, 0);
                    bar.update(done);
                  },
                },
              );
            } finally {
              bar.stop();
            }
          }),
      ),
    );
  answers
    .command('imports')
    .description('the imports so far')
    .addOption(jsonOption())
    .action(
      exitsWith(({ json }) =>
        withDatabase(json, async (db, out) => {
          const imports = await listImports(db);
          if (json) out(JSON.stringify({ imports }));
          else if (imports.length === 0) out('Nothing was imported yet.');
          else
            for (const { id, source, survey, file, added, who, at, undoneAt } of imports)
              out(
                `${id}  ${at.toISOString()}  ${added} of ${survey.toUpperCase()} from ${nameOfSource(source)} (${file}) by ${who}${undoneAt === null ? '' : `; undone ${undoneAt.toISOString()}`}`,
              );
          return 0;
        }),
      ),
    );
  answers
    .command('undo-import')
    .argument('<id>', 'as `answers imports` lists it', toNumber)
    .description('delete the answers of an import')
    .addOption(jsonOption())
    .action(
      exitsWith((id: number, { json }) =>
        withDatabase(json, async (db, out) => {
          const deleted = await undoImport(db, id, new Date());
          if (json) out(JSON.stringify({ id, deleted }));
          else if (deleted === null) out(`There is no import ${id} to undo. To list them: deskwright answers imports`);
          else out(`Import ${id} was undone: ${deleted} answers were deleted.`);
          return deleted === null ? 1 : 0;
        }),
      ),
    );
}

/** The name of a column may have an equals sign itself. */
function addMapping(text: string, before: Readonly<Record<string, ImportField>>): Record<string, ImportField> {
  const at = text.lastIndexOf('=');
  const field = IMPORT_FIELDS.find((one) => one === text.slice(at + 1).trim());
  if (at < 1 || field === undefined)
    throw new InvalidArgumentError(`Write "COLUMN=field", with one of these fields: ${IMPORT_FIELDS.join(', ')}.`);
  return { ...before, [text.slice(0, at)]: field };
}

function toOnly(text: string): { column: string; value: string } {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write "COLUMN=value".');
  return { column: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}

function toTimeZone(text: string): string {
  if (!isTimeZone(text)) throw new InvalidArgumentError('Write it as Europe/Madrid, or as UTC.');
  return text;
}
