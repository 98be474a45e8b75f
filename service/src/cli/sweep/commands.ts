// Adds `sweep` to the command line.
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { CommandDeps } from '../activation/commands.ts';
import { askPerson, currentPerson } from '../operator.ts';
import { toTicketId } from '../option-values.ts';
import { followSweep } from './follow-sweep.ts';
import { runCancel, runList, runPause, runStatus, runSweep, runUndo, type SweepDeps } from './sweep.ts';

export function addSweep(
  program: Command,
  { jsonOption, policyOption, exitsWith, withDatabase, interruption }: CommandDeps,
) {
  const withDeps = (json: boolean, run: (deps: SweepDeps) => Promise<number>) =>
    withDatabase(json, (db, out) =>
      run({
        db,
        json,
        out,
        err: (text) => console.error(text),
        who: currentPerson(),
        follow: (id, until) => followSweep(db, id, { until, stream: process.stderr, signal: interruption() }),
      }),
    );
  const asking = (yes: boolean) => (yes ? async () => true : askPerson);
  const sweep = program
    .command('sweep')
    .description('decide open tickets again by the policy in force, after showing what would change; can be undone')
    .addHelpText(
      'after',
      `
The running service does the work: agents' own actions and new tickets go first, tickets placed by people stay as they are.
Ctrl-C only ends the display. \`deskwright sweep undo <id>\` restores what was changed, apart from what somebody changed since.`,
    );
  sweep
    .command('run', { isDefault: true })
    .description('show what would change, ask for confirmation, and change it')
    .option('--ticket <id...>', 'only these tickets', (value: string, before: number[] | undefined) => [
      ...(before ?? []),
      toTicketId(value),
    ])
    .option('--category <id>', 'only tickets that have this category now')
    .option('--tier <id>', 'only tickets that are in this tier now')
    .option('--group <name>', 'only tickets of this group')
    .option('--why <text>', 'recorded with your name')
    .option('--dry-run', 'only show what would change', false)
    .option('--yes', 'do not ask for confirmation', false)
    .option('--no-wait', 'do not wait until it is done')
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith(({ json, policy, yes, ticket, category, tier, group, why, dryRun, wait }) =>
        withDeps(json, (deps) =>
          runSweep(deps, {
            ticketIds: ticket ?? null,
            category: category ?? null,
            tier: tier ?? null,
            group: group ?? null,
            why: why ?? null,
            policyPath: policy,
            dryRun,
            wait,
            ask: asking(yes),
          }),
        ),
      ),
    );
  sweep
    .command('list')
    .description('the latest sweeps')
    .addOption(jsonOption())
    .action(exitsWith(({ json }) => withDeps(json, runList)));
  sweep
    .command('status')
    .argument('<id>', 'as `deskwright sweep list` shows it', toSweepId)
    .description('how far a sweep is, and what it changes')
    .addOption(jsonOption())
    .action(exitsWith((id: number, { json }) => withDeps(json, (deps) => runStatus(deps, id))));
  for (const [name, isPaused] of [
    ['pause', true],
    ['resume', false],
  ] as const)
    sweep
      .command(name)
      .argument('<id>', 'as `deskwright sweep list` shows it', toSweepId)
      .description(isPaused ? 'stop it for now; what is being written ends' : 'let a paused sweep go on')
      .addOption(jsonOption())
      .action(exitsWith((id: number, { json }) => withDeps(json, (deps) => runPause(deps, id, isPaused))));
  sweep
    .command('cancel')
    .argument('<id>', 'as `deskwright sweep list` shows it', toSweepId)
    .description('forget a sweep that was only planned')
    .addOption(jsonOption())
    .action(exitsWith((id: number, { json }) => withDeps(json, (deps) => runCancel(deps, id))));
  sweep
    .command('undo')
    .argument('<id>', 'as `deskwright sweep list` shows it', toSweepId)
    .description('restore what a sweep changed, apart from what somebody changed since')
    .option('--dry-run', 'only show how many tickets it concerns', false)
    .option('--yes', 'do not ask for confirmation', false)
    .option('--no-wait', 'do not wait until it is done')
    .addOption(jsonOption())
    .action(
      exitsWith((id: number, { json, yes, dryRun, wait }) =>
        withDeps(json, (deps) => runUndo(deps, id, { dryRun, wait, ask: asking(yes) })),
      ),
    );
}

function toSweepId(value: string): number {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new InvalidArgumentError('Give its number: `deskwright sweep list`.');
  return Number(value);
}
