// Adds `forget` to the command line.
import type { Command } from 'commander';
import type { CommandDeps } from './activation/commands.ts';
import { parseErasureTarget, runForget, runListReceipts } from './forget.ts';
import { dataFolder } from './open-past-tickets.ts';

export function addForget(program: Command, { jsonOption, exitsWith, withDatabase }: CommandDeps) {
  program
    .command('forget')
    .description(
      'remove a ticket’s or a customer’s words, names and addresses from everything Deskwright stores; counts stay',
    )
    .argument('[whom]', 'a ticket (42 or ticket:42), a user of Zendesk (user:7), or an e-mail address')
    .option('--dry-run', 'only report what would be removed', false)
    .option('--receipts', 'list what was erased so far, when and by whom', false)
    .addOption(jsonOption())
    .action(
      exitsWith((whom: string | undefined, { dryRun, receipts, json }) => {
        if ((whom !== undefined) === receipts)
          throw new Error('Name a ticket, a user or an address, or give --receipts alone.');
        if (whom === undefined) return withDatabase(json, (db, print) => runListReceipts({ db, json, out: print }));
        const read = parseErasureTarget(whom);
        return withDatabase(json, (db, print) =>
          runForget({ db, dataDir: dataFolder(process.env), whom: read, dryRun, json, out: print }),
        );
      }),
    );
}
