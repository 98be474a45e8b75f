// Adds `test` to the command line.
import type { Command } from 'commander';
import type { CommandDeps } from '../activation/commands.ts';
import { runPolicyTests, watchPolicyTests } from './run-policy-tests.ts';

export function addPolicyTests(program: Command, { policyOption, jsonOption, exitsWith, interruption }: CommandDeps) {
  program
    .command('test')
    .description('run the tests in the policy file; needs neither Zendesk nor the service')
    .argument('[file]', 'the policy file, or an edited copy of it (default: the policy)')
    .option('--watch', 'run them again whenever the policy is saved', false)
    .option(
      '--coverage',
      'also list the policy triggers, conditions, categories and rules of refunds that no test tries',
      false,
    )
    .option('--junit <file>', 'also write a JUnit report')
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith((file: string | undefined, { policy, watch, coverage, junit, json }) => {
        const out = (text: string): void => console.log(text);
        const options = { policyPath: file ?? policy, inPlaceOf: policy, json, coverage, junit: junit ?? null, out };
        return watch
          ? watchPolicyTests({ ...options, now: () => new Date() }, interruption())
          : runPolicyTests(options);
      }),
    );
}
