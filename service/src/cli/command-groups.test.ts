import { Command, Option } from 'commander';
import { addCommandGroups, COMMAND_GROUPS } from './command-groups.ts';

const deps = {
  policyOption: () => new Option('--policy <file>'),
  jsonOption: () => new Option('--json'),
  exitsWith: () => async () => undefined,
  withDatabase: async () => 0,
  interruption: () => new AbortController().signal,
};
const added = async (asked: string | undefined, program = new Command()): Promise<string[]> => {
  await addCommandGroups(program, deps, asked);
  return program.commands.map((command) => command.name());
};
const ALL = COMMAND_GROUPS.flatMap(({ names }) => names);

test.each(COMMAND_GROUPS.flatMap(({ names }) => names.map((name) => ({ name, names }))))(
  'for $name only the commands of its group are loaded',
  async ({ name, names }) => {
    expect((await added(name)).toSorted()).toEqual([...names].toSorted());
  },
);

test.each([[undefined], ['--help'], ['help'], ['expalin']])('for %s all commands are loaded', async (asked) => {
  expect((await added(asked)).toSorted()).toEqual(ALL.toSorted());
});

test('for a command that is known already none is loaded', async () => {
  const program = new Command();
  program.command('start');
  expect(await added('start', program)).toEqual(['start']);
});
