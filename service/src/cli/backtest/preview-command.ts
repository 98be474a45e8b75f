// Adds `preview` to the command line.
import { once } from 'node:events';
import type { Policy } from '@deskwright/shared';
import type { Command } from 'commander';
import { type LabelSource, readLabelSource } from '../../past-tickets/index.ts';
import { cacheSource, exampleSource, fileSource, type PastTicketSource, startPreview } from '../../preview/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { folderOf, keepMs } from '../open-past-tickets.ts';
import { toEncoding, toNumber } from '../option-values.ts';
import { readFormer } from './read-compared.ts';

export function addPreview(program: Command, { policyOption, exitsWith, interruption }: CommandDeps) {
  program
    .command('preview')
    .description(
      'show beside the policy file, while you edit it, what is wrong with it and what it would do to past tickets',
    )
    .argument('[file]', 'the policy file, or an edited copy of it (default: the policy)')
    .option('--against <policy>', 'compare with this file, or with a version in git: git:HEAD~1')
    .option(
      '--tickets <file>',
      'past tickets, as for `deskwright backtest` (default: those cached of the account, otherwise example messages)',
    )
    .option('--encoding <name>', 'encoding of that file if it is not UTF-8 or UTF-16', toEncoding)
    .option('--labels <where>', 'the categories that people gave: column:NAME, field:NUMBER or tags:PREFIX')
    .option('--port <n>', 'port of the page (default: any free one)', toNumber, 0)
    .addOption(policyOption())
    .addHelpText(
      'after',
      '\nThe page is for this machine only; its address contains a secret, because it shows customers’ words. Nothing is changed. Stop it with Ctrl-C.',
    )
    .action(
      exitsWith(async (file: string | undefined, { policy, against, tickets, encoding, labels, port }) => {
        const labelled = labels === undefined ? undefined : readLabelSource(labels);
        const former = await readFormer({ draft: file ?? null, policyPath: policy, against: against ?? null });
        const source =
          tickets === undefined
            ? ((await cachedTickets(former?.policy ?? null, labelled)) ?? exampleSource())
            : await fileSource(tickets, { encoding, labels: labelled });
        const preview = await startPreview({
          policyPath: file ?? policy,
          former,
          source,
          labels: labelled,
          port,
          onError: (error) => console.error(error instanceof Error ? error.message : String(error)),
        });
        console.log(`Open ${preview.url}\nIt follows ${file ?? policy} while you edit it. Stop it with Ctrl-C.`);
        await once(interruption(), 'abort');
        await preview.stop();
        return 0;
      }),
    );
}

/** Null: nothing of the account is cached, or there is no policy that says for how long. */
async function cachedTickets(policy: Policy | null, labels: LabelSource | undefined): Promise<PastTicketSource | null> {
  const folder = folderOf(process.env);
  if (folder === null || policy === null) return null;
  return cacheSource(folder, { oldest: Date.now() - keepMs(policy), labels });
}
