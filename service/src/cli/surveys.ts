// `deskwright surveys`: stops and resumes every survey, reminder and thank-you, and says who was left out.
import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Database } from '../platform/storage/database.ts';
import { COMPANY_LANGUAGES, EXPLANATION_FORMATS, explainSurveys, writeExplanation } from '../reports/index.ts';
import { describeStopOrPause, explainNotSent, readSkipped, readSurveyStop, switchSurveys } from '../surveys/index.ts';
import type { CommandDeps } from './activation/commands.ts';
import { currentPerson, readPolicy } from './operator.ts';

/** Adds `surveys` to the command line. */
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

interface SwitchDeps {
  readonly db: Database;
  readonly json: boolean;
  readonly out: (text: string) => void;
  readonly now: Date;
  /** The person's name on this machine. */
  readonly who: string;
}

/** @returns 1: so it was already */
export async function runSwitch(
  { db, json, out, now, who }: SwitchDeps,
  did: 'stop' | 'resume',
  why: string | null,
): Promise<0 | 1> {
  const done = await switchSurveys(db, did, { who, why, now });
  const text =
    did === 'stop'
      ? done
        ? 'No survey, reminder or thank-you is sent until deskwright surveys resume. A mail that is being handed over at this moment is sent.'
        : 'Surveys are stopped already.'
      : done
        ? 'Surveys go on. What is more than three days late is not sent.'
        : 'Surveys are not stopped.';
  out(json ? JSON.stringify({ done, stopped: did === 'stop' }) : text);
  return done ? 0 : 1;
}

export async function runSwitchStatus({ db, json, out }: SwitchDeps): Promise<0> {
  const [stop, because] = [await readSurveyStop(db), await describeStopOrPause(db)];
  const by = stop && { who: stop.who, why: stop.why, at: stop.at };
  out(json ? JSON.stringify({ sent: because === null, because, stop: by }) : `${because ?? 'Surveys are sent'}.`);
  return 0;
}

const DAY_MS = 86_400_000;

/** @param days how far back */
export async function runSkipped(
  { db, json, out, now }: Pick<SwitchDeps, 'db' | 'json' | 'out' | 'now'>,
  days: number,
): Promise<0> {
  const skipped = await readSkipped(db, { from: new Date(now.getTime() - days * DAY_MS), to: now });
  if (json) out(JSON.stringify({ days, skipped }, null, 2));
  else if (skipped.length === 0) out(`Nobody was left out in the last ${days} days.`);
  else
    out(
      [
        `Not sent in the last ${days} days:`,
        ...skipped.map(({ survey, what, cause, reason, n }) => {
          const which = what === 'reminder' ? `${survey} reminder` : `${survey} (${CAUSES[cause]})`;
          return `  ${String(n).padStart(6)}  ${which}: ${explainNotSent(reason)}`;
        }),
      ].join('\n'),
    );
  return 0;
}

const CAUSES = { solve: 'after a solve', campaign: 'campaign', request: 'asked for by an agent' } as const;
