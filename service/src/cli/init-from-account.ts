// Begins a policy from what the Zendesk account has.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startFromAccount } from '../from-account/index.ts';
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import { DEFAULT_POLICY } from './init.ts';

interface InitFromAccount {
  /** Where the files are written: the working directory. */
  readonly folder: string;
  readonly dryRun: boolean;
  readonly read: () => Promise<AccountSetup>;
  readonly out: (text: string) => void;
}

/** From the working directory. */
const REPORT = join('config', 'account-report.md');

/**
 * `deskwright init --from-account`: reads the account, changes nothing in it, and overwrites no file.
 * @returns the exit code: 0 written (or would be), 1 one of the files exists
 * @throws Error that says where reading stopped
 */
export async function runInitFromAccount({ folder, dryRun, read, out }: InitFromAccount): Promise<0 | 1> {
  const exists = [DEFAULT_POLICY, REPORT].filter((path) => existsSync(join(folder, path)));
  if (exists.length > 0 && !dryRun) {
    out(
      `Nothing was written, because this folder already has ${exists.join(', ')}. Run it in another folder, or only look: --dry-run`,
    );
    return 1;
  }
  const { text, report, faults, carried, notCarried } = startFromAccount(await read());
  out(report);
  if (!dryRun) {
    for (const [path, content] of [
      [DEFAULT_POLICY, text],
      [REPORT, report],
    ] as const) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { flag: 'wx' });
    }
  }
  out(
    `${faults.length} faults found; ${carried.size} rules carried over, ${notCarried.length} entries on what was not.\n${dryRun ? 'Would write' : 'Wrote'} ${DEFAULT_POLICY} and ${REPORT}.${dryRun ? '' : '\nNext: npx deskwright check'}`,
  );
  return 0;
}
