// Writes the files that an installation starts from, with a policy begun from what the account has where it is asked.
import { randomBytes } from 'node:crypto';
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFromAccount } from '../from-account/index.ts';
import type { AccountSetup } from '../zendesk/create-zendesk.ts';

interface InitOptions {
  /** Where the files are written: the working directory. */
  readonly folder: string;
  readonly dryRun: boolean;
  /** Keeps files that exist and writes the others. */
  readonly onlyMissing: boolean;
  /** Which of the example policies. */
  readonly pack: Pack;
  readonly out: (text: string) => void;
}

/** The root of the repository, and of the installed package. */
const EXAMPLES = new URL('../../../', import.meta.url);
/** From the working directory. */
export const DEFAULT_POLICY = 'config/deskwright.yaml';

interface StartingFile {
  readonly path: string;
  readonly what: string;
  readonly write: (to: string) => void;
}

/** The example policies: a shop, and a company that makes software, each with three tiers and departments; a few people who share one group. */
export const PACKS = ['shop', 'software', 'small-team'] as const;
/** @internal The test of `init` names it. */
export type Pack = (typeof PACKS)[number];

/** Of each pack, from the repository's root: its policy, and the guidance that it names from the policy's folder. */
const SOURCES: Readonly<Record<Pack, { readonly policy: string; readonly guidance: string }>> = {
  shop: { policy: DEFAULT_POLICY, guidance: 'config/guidance' },
  software: { policy: 'config/software.yaml', guidance: 'config/guidance/software' },
  'small-team': { policy: 'config/small-team.yaml', guidance: 'config/guidance/small-team' },
};

const filesOf = (pack: Pack): readonly StartingFile[] => {
  const { policy, guidance } = SOURCES[pack];
  return [
    { path: DEFAULT_POLICY, what: 'the policy: an example to edit, with tests', write: copyPolicy(policy) },
    {
      path: join(guidance),
      what: 'the steps that agents follow, for each category of the example',
      write: copyGuidance(guidance),
    },
    { path: '.env', what: 'settings and secrets, readable by you alone', write: writeEnv },
  ];
};

/**
 * `deskwright init`: writes an example policy, its guidance and `.env`. Overwrites nothing: if one of them exists, it writes none, unless `onlyMissing`.
 * @returns the exit code: 0 written, 1 something exists. Throws when a file cannot be written
 */
export function runInit({ folder, dryRun, onlyMissing, pack, out }: InitOptions): 0 | 1 {
  const files = filesOf(pack);
  const exists = files.filter(({ path }) => existsSync(join(folder, path)));
  if (exists.length > 0 && !onlyMissing) {
    out(`Nothing was written, because this folder already has ${exists.map(({ path }) => path).join(', ')}.`);
    out('To keep what exists and write only the other files: npx deskwright init --only-missing');
    return 1;
  }
  for (const file of files) {
    if (exists.includes(file)) {
      out(`  kept    ${file.path}`);
      continue;
    }
    if (!dryRun) file.write(join(folder, file.path));
    out(`  ${dryRun ? 'would write' : 'wrote  '} ${file.path}   ${file.what}`);
  }
  if (!dryRun) out(NEXT_STEPS);
  return 0;
}

/** Copies the example policy with its guidance, for a demo in a folder without one. False: the folder has a policy. */
export function writeExamplePolicy(folder: string): boolean {
  if (existsSync(join(folder, DEFAULT_POLICY))) return false;
  for (const { path, write } of filesOf('shop'))
    if (path !== '.env' && !existsSync(join(folder, path))) write(join(folder, path));
  return true;
}

const NEXT_STEPS = `
Next:
  1. Try it without an account:         npx deskwright demo
  2. Edit config/deskwright.yaml, then: npx deskwright check, npx deskwright test
  3. Fill in .env (each setting is explained there), then: npx deskwright webhook, npx deskwright start`;

/** The files of one folder; folders in it belong to other packs. */
function copyGuidance(path: string): (to: string) => void {
  return (to) => {
    const from = fileURLToPath(new URL(path, EXAMPLES));
    mkdirSync(to, { recursive: true });
    for (const file of readdirSync(from, { withFileTypes: true }))
      if (file.isFile()) copyFileSync(join(from, file.name), join(to, file.name), constants.COPYFILE_EXCL);
  };
}

/** Its comments name the reference and the schema, which stay in the package. */
function copyPolicy(path: string): (to: string) => void {
  return (to) => {
    const text = readFileSync(new URL(path, EXAMPLES), 'utf8');
    const schema = encodeURI(docsFrom(dirname(to)));
    const others = docsFrom(join(dirname(to), '..'));
    const named = text.replace('$schema=../docs/', () => `$schema=${schema}`).replaceAll(' docs/', () => ` ${others}`);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, named, { flag: 'wx' });
  };
}

/** The path of the package's `docs/` from a folder, as the policy's comments write it. */
const docsFrom = (folder: string): string =>
  `${relative(folder, fileURLToPath(new URL('docs', EXAMPLES))).replaceAll(sep, '/')}/`;

/** From `.env.example`, with a token of its own. */
function writeEnv(to: string): void {
  const example = readFileSync(new URL('.env.example', EXAMPLES), 'utf8');
  const token = randomBytes(24).toString('base64url');
  const text = example.replace(/^OPERATOR_TOKEN=$/m, `OPERATOR_TOKEN=${token}`);
  writeFileSync(to, text, { mode: 0o600, flag: 'wx' });
}

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
