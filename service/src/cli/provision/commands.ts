// Adds `plan`, `apply`, `history`, `rollback` and `drift` to the command line.
import { setTimeout as pause } from 'node:timers/promises';
import { Argument, type Command } from 'commander';
import type { Database } from '../../platform/storage/database.ts';
import {
  type DriftChoice,
  isOfPeople,
  listApplies,
  loadPlan,
  makePlan,
  makeRollbackPlan,
  type Plan,
  type PlanDeps,
} from '../../provision/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { builtAppVersion } from '../app-folder.ts';
import { clockOf } from '../clock.ts';
import { openAccount } from '../open-account.ts';
import { askPerson, currentPerson, readPolicy } from '../operator.ts';
import { toNumber } from '../option-values.ts';
import { runDrift, runDriftChoice } from './run-drift.ts';
import { runHistory } from './run-history.ts';
import { runApply, runPlan } from './run-plan.ts';

const err = (line: string): void => console.error(line);

async function planDeps(db: Database): Promise<PlanDeps & { db: Database }> {
  const { zendesk, account, publicUrl, config } = await openAccount(db, process.env);
  const app = { appId: config.sidebar.appId, version: builtAppVersion(), serviceUrl: publicUrl };
  return { db, objects: zendesk.objects, account, publicUrl, now: () => new Date(), app };
}

export function addProvision(program: Command, deps: CommandDeps) {
  const { policyOption, jsonOption, exitsWith, withDatabase, interruption } = deps;
  program
    .command('plan')
    .description('compare the policy with the Zendesk account, and show what `apply` would do; changes nothing')
    .option('--out <file>', 'save the plan for `deskwright apply <file>`')
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith(({ policy, out: file, json }) =>
        withDatabase(json, async (db, out) =>
          runPlan({ ...(await planDeps(db)), policy: await readPolicy(policy), file: file ?? null, json, out }),
        ),
      ),
    );

  interface Applying {
    db: Database;
    out: (text: string) => void;
    options: { policy: string; reason: string; yes: boolean; json: boolean };
    saved: Plan | null;
    make: (deps: PlanDeps) => Promise<Plan>;
    command: string;
    /** A way back is open also while the tests of the policy fail. */
    runsTests: boolean;
  }
  async function apply({ db, out, options, saved, make, command, runsTests }: Applying): Promise<number> {
    const [account, { policy }] = [await planDeps(db), await readPolicy(options.policy, { runsTests })];
    return runApply({
      ...account,
      saved,
      make: () => make(account),
      reason: options.reason,
      who: currentPerson(),
      clock: clockOf(policy),
      json: options.json,
      ask: options.yes ? async () => true : askPerson,
      perMinute: () => policy.zendesk.writes_per_minute,
      pause: (ms) => pause(ms),
      interruption,
      out,
      err,
      command,
    });
  }
  const applying = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .requiredOption('--reason <text>', 'why, recorded with your name')
      .option('--yes', 'do not ask for confirmation', false)
      .addOption(policyOption())
      .addOption(jsonOption());

  applying('apply', 'carry out a saved plan, or make one and carry it out')
    .argument('[plan]', 'a plan saved with `deskwright plan --out`')
    .action(
      exitsWith((file: string | undefined, options) =>
        withDatabase(options.json, async (db, out) =>
          apply({
            db,
            out,
            options,
            saved: file === undefined ? null : await loadPlan(file),
            make: async (account) => makePlan(account, await readPolicy(options.policy)),
            command: `deskwright apply ${file ?? ''}`.trim(),
            runsTests: true,
          }),
        ),
      ),
    );

  applying('rollback', 'return to the state after an earlier apply, after showing what that changes')
    .argument(
      '[id]',
      'the apply, as in `deskwright history`; 0: before the first (default: before the last one)',
      toNumber,
    )
    .action(
      exitsWith((id: number | undefined, options) =>
        withDatabase(options.json, async (db, out) => {
          const to = id ?? (await listApplies(db)).filter(isOfPeople)[1]?.id ?? 0;
          const make = (account: PlanDeps) => makeRollbackPlan(account, to);
          return apply({ db, out, options, saved: null, make, command: `deskwright rollback ${to}`, runsTests: false });
        }),
      ),
    );

  const choices = ['adopt', 'overwrite', 'ignore'] as const;
  program
    .command('drift')
    .description('show what people changed in Zendesk on what Deskwright set up, and adopt, overwrite or ignore it')
    .addArgument(new Argument('[choice]', 'what is to become of an object').choices(choices))
    .argument('[name]', 'the object, as listed: group/tier/t1')
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith((choice: DriftChoice | undefined, key: string | undefined, { policy: path, json }) => {
        if (choice !== undefined && key === undefined)
          throw new Error(`Name the object: deskwright drift ${choice} <name>`);
        return withDatabase(json, async (db, out) => {
          const options = {
            ...(await planDeps(db)),
            ...(await readPolicy(path, { runsTests: false })),
            json,
            out,
          };
          return choice === undefined || key === undefined
            ? runDrift(options)
            : runDriftChoice(options, { key, choice });
        });
      }),
    );

  program
    .command('history')
    .description('list what was applied to the Zendesk account, by whom and why')
    .addOption(jsonOption())
    .action(exitsWith(({ json }) => withDatabase(json, (db, out) => runHistory({ db, json, out }))));
}
