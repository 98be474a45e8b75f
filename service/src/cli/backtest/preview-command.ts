// Adds `preview` to the command line.
import { once } from 'node:events';
import type { Policy } from '@deskwright/shared';
import { type Command, Option } from 'commander';
import { type Chunk, type LabelSource, type PastTicketChunks, readLabelSource } from '../../past-tickets/index.ts';
import {
  cacheSource,
  exampleSource,
  fileSource,
  historySource,
  type PastTicketSource,
  startPreview,
} from '../../preview/index.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { asksOf, folderOf, keepMs, openServiceHistory } from '../open-past-tickets.ts';
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
    .addOption(new Option('--from <source>', 'without a file: the service’s own history').choices(['history']))
    .option('--encoding <name>', 'encoding of that file if it is not UTF-8 or UTF-16', toEncoding)
    .option('--labels <where>', 'the categories that people gave: column:NAME, field:NUMBER or tags:PREFIX')
    .option('--port <n>', 'port of the page (default: any free one)', toNumber, 0)
    .addOption(policyOption())
    .addHelpText(
      'after',
      '\nThe page is for this machine only; its address contains a secret, because it shows customers’ words. Nothing is changed. Stop it with Ctrl-C.',
    )
    .action(
      exitsWith(async (file: string | undefined, { policy, against, tickets, from, encoding, labels, port }) => {
        const labelled = labels === undefined ? undefined : readLabelSource(labels);
        const former = await readFormer({ draft: file ?? null, policyPath: policy, against: against ?? null });
        const before = former?.policy ?? null;
        const source =
          tickets !== undefined
            ? await fileSource(tickets, { encoding, labels: labelled })
            : from === 'history'
              ? await historySource((limit) => historyTickets(before, limit), labelled)
              : ((await cachedTickets(before, labelled)) ?? exampleSource());
        const preview = await startPreview({
          policyPath: file ?? policy,
          inPlaceOf: policy,
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

/** The database is opened for each reading only, because the page may stay open for a day. */
async function historyTickets(policy: Policy | null, limit: number | undefined): Promise<AsyncIterable<Chunk>> {
  const err = (line: string): void => console.error(line);
  return closing(await openServiceHistory({ env: process.env, limit, err }, asksOf(policy === null ? [] : [policy])));
}

async function* closing({ chunks, close }: PastTicketChunks): AsyncGenerator<Chunk> {
  try {
    yield* chunks;
  } finally {
    await close?.();
  }
}
