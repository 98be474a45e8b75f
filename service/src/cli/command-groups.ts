// Lists the groups of commands, each loaded only when one of its commands is run.
import type { Command } from 'commander';
import type { CommandDeps } from './activation/commands.ts';

interface CommandGroup {
  readonly names: readonly string[];
  readonly load: () => Promise<(program: Command, deps: CommandDeps) => void>;
}

/** In the order of `--help`. @internal */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  { names: ['activate', 'pause'], load: async () => (await import('./activation/commands.ts')).addActivation },
  { names: ['alarms'], load: async () => (await import('./alarms.ts')).addAlarms },
  { names: ['answers'], load: async () => (await import('./answers/commands.ts')).addAnswers },
  { names: ['backfill'], load: async () => (await import('./backfill.ts')).addBackfill },
  { names: ['doctor'], load: async () => (await import('./doctor/doctor.ts')).addDoctor },
  { names: ['explain'], load: async () => (await import('./explain/commands.ts')).addExplain },
  { names: ['preview', 'backtest'], load: async () => (await import('./backtest/commands.ts')).addBacktest },
  { names: ['check'], load: async () => (await import('./check/commands.ts')).addCheck },
  { names: ['figures'], load: async () => (await import('./figures.ts')).addFigures },
  { names: ['forget'], load: async () => (await import('./forget.ts')).addForget },
  { names: ['migrate'], load: async () => (await import('./migrate.ts')).addMigrate },
  { names: ['test'], load: async () => (await import('./policy-tests.ts')).addPolicyTests },
  {
    names: ['plan', 'apply', 'rollback', 'drift', 'history'],
    load: async () => (await import('./provision/commands.ts')).addProvision,
  },
  { names: ['report', 'annotate'], load: async () => (await import('./reports/commands.ts')).addReports },
  { names: ['refunds', 'ledger'], load: async () => (await import('./refunds/commands.ts')).addRefunds },
  { names: ['sweep'], load: async () => (await import('./sweep/commands.ts')).addSweep },
  { names: ['campaign'], load: async () => (await import('./campaign/commands.ts')).addCampaign },
  { names: ['surveys'], load: async () => (await import('./surveys.ts')).addSurveys },
  { names: ['suggest'], load: async () => (await import('./suggest/commands.ts')).addSuggest },
];

/**
 * Adds the group of `asked`, or all of them when it is in none: for `--help` and misspelt names. All of them are most of the service,
 * which takes seconds to load on a small machine.
 */
export async function addCommandGroups(program: Command, deps: CommandDeps, asked: string | undefined): Promise<void> {
  if (program.commands.some((command) => command.name() === asked)) return;
  const group = COMMAND_GROUPS.find(({ names }) => asked !== undefined && names.includes(asked));
  for (const { load } of group ? [group] : COMMAND_GROUPS) (await load())(program, deps);
}
