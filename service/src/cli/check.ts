// Checks a policy file, prints what is wrong in it and a summary.
import { writeFile } from 'node:fs/promises';
import { formatProblems, type Policy, type PolicyProblem } from '@deskwright/shared';
import { slackChannels } from '../app/slack-settings.ts';
import { type MoreInput, type PlacedFinding, readFindings, toSarif } from '../lint/index.ts';
import { BUILD } from '../platform/build-info.ts';
import { summarisePolicy } from '../policy/format-policy.ts';
import { sendsMail } from '../reports/index.ts';
import { channelsWithoutAddress } from '../slack/address-variable.ts';
import { asksAnything } from '../surveys/index.ts';
import { fixFindings } from './check/fix-findings.ts';

export interface CheckOptions {
  readonly policyPath: string;
  /** Of a draft: the policy in whose place it would be. */
  readonly inPlaceOf?: string | undefined;
  readonly json: boolean;
  /** Prints a SARIF log instead. */
  readonly sarif?: boolean;
  /** Warnings fail as well. */
  readonly strict?: boolean;
  /** Removes what changes nothing, or says what would be removed. */
  readonly fix?: 'write' | 'dry run' | undefined;
  /** Where the example tickets are written, one JSON line each. */
  readonly examples?: string | undefined;
  /** SMTP_URL is not set where the command runs. */
  readonly isMailUnset?: boolean;
  /** Where the addresses of Slack channels are. Left out: they are not checked. */
  readonly env?: NodeJS.ProcessEnv;
  readonly now?: () => Date;
  /** What is known beside the file: past tickets, the account. */
  readonly more?: ((policy: Policy) => MoreInput) | undefined;
  /** Prints one or more lines. */
  readonly out: (text: string) => void;
}

/**
 * `deskwright check`: needs neither Zendesk nor the database.
 * @returns the exit code: 0 valid (warnings allowed), 1 it has errors (with `strict`: or warnings), 2 it cannot be read
 * @throws Error when a file cannot be written
 */
export async function runCheck(options: CheckOptions): Promise<0 | 1 | 2> {
  const { policyPath, inPlaceOf, json, sarif = false, strict = false, fix, examples, more, out } = options;
  const place = { inPlaceOf };
  const isData = json || sarif;
  let found = await readFindings(policyPath, more, place);
  if (!('reason' in found) && fix !== undefined) {
    const now = options.now ?? (() => new Date());
    const mended = await fixFindings(policyPath, found.findings, {
      dryRun: fix === 'dry run',
      inPlaceOf,
      now,
      out: isData ? () => undefined : out,
    });
    if (!isData && mended === 0) out('There is nothing that --fix can mend.\n');
    if (mended > 0 && fix === 'write') found = await readFindings(policyPath, more, place);
  }
  if ('reason' in found) {
    const { reason } = found;
    out(isData ? JSON.stringify({ ok: false, file: policyPath, error: reason }) : `Cannot check: ${reason}.`);
    return 2;
  }
  const { read, findings, fromPolicy } = found;
  if (!isData && fromPolicy.length > 0)
    out(`Not beside ${policyPath}, so taken from beside the policy: ${fromPolicy.join(', ')}.\n`);
  if (examples !== undefined) await writeFile(examples, exampleLines(findings));
  const isOk = findings.every(({ severity }) => severity === 'note' || (severity === 'warning' && !strict));
  if (sarif) out(JSON.stringify(toSarif(findings, BUILD.version, process.cwd()), null, 2));
  else if (json) {
    const hash = read.outcome === 'loaded' ? { hash: read.loaded.hash } : {};
    out(JSON.stringify({ ok: isOk, file: policyPath, ...hash, fromPolicy, problems: findings }));
  } else if (read.outcome === 'refused') out(`${describeFindings(findings, read.text)}\n\n${countProblems(findings)}`);
  else {
    if (findings.length > 0) out(`${describeFindings(findings, read.text)}\n${aboutExamples(findings, policyPath)}`);
    const count = countProblems(findings);
    out(isOk ? `${policyPath} is fine${count === '' ? '' : `, with ${count}`}\n` : `${policyPath} has ${count}\n`);
    out(summarisePolicy(read.loaded.policy));
    for (const line of missingSettings(read.loaded.policy, options)) out(line);
  }
  return isOk ? 0 : 1;
}

function missingSettings(policy: Policy, { isMailUnset = false, env }: CheckOptions): string[] {
  const channels = env && slackChannels(env);
  return [
    ...(isMailUnset && asksAnything(policy)
      ? [NO_MAIL]
      : isMailUnset && sendsMail(policy)
        ? [NO_MAIL_FOR_REPORTS]
        : []),
    ...channelsWithoutAddress(policy, (channel) => channels?.includes(channel) ?? true).map(
      (problem) => `\nWarning: ${problem} here (.env). Unless the service has it, nothing is sent there.`,
    ),
  ];
}

const NO_MAIL =
  '\nSMTP_URL is not set here (.env). Unless the service has it, surveys and reports are scheduled and not sent.';
const NO_MAIL_FOR_REPORTS =
  '\nNo mail server is set here (.env). Unless the service has one, reports by mail are not sent.';

/** One line each, numbered as the findings are. */
const exampleLines = (findings: readonly PlacedFinding[]): string =>
  findings
    .flatMap(({ example }, at) => (example === undefined ? [] : [`${JSON.stringify({ id: at + 1, ...example })}\n`]))
    .join('');

/** `2 mistakes and 1 warning`. */
export function countProblems(problems: ReadonlyArray<Pick<PolicyProblem | PlacedFinding, 'severity'>>): string {
  const count = (wanted: string) => problems.filter(({ severity }) => severity === wanted).length;
  const counts = [
    plural(count('error'), 'mistake'),
    plural(count('warning'), 'warning'),
    plural(count('note'), 'note'),
  ].filter((text) => text !== '');
  return counts.length < 3 ? counts.join(' and ') : `${counts.slice(0, -1).join(', ')} and ${counts.at(-1)}`;
}

function plural(n: number, word: string): string {
  return n === 0 ? '' : `${n} ${word}${n === 1 ? '' : 's'}`;
}

/** @param text of the files, by their names */
function describeFindings(findings: readonly PlacedFinding[], text: ReadonlyMap<string, string>): string {
  return findings.map((finding) => describeFinding(finding, text)).join('\n\n');
}

function describeFinding(finding: PlacedFinding, text: ReadonlyMap<string, string>): string {
  const { proof, example, remove, code, page } = finding;
  return [
    formatProblems([finding], text),
    ...proof.map((step, at) => `  ${at === 0 ? 'because' : '    and'} ${step}`),
    ...(example === undefined ? [] : [`  example ${JSON.stringify(example)}`]),
    ...(code === 'invalid' || code === 'advice'
      ? []
      : [`  ${code}: ${page}${remove === undefined ? '' : ' (check --fix removes it)'}`]),
  ].join('\n');
}

/** How to see the examples decided; empty without any. */
function aboutExamples(findings: readonly PlacedFinding[], policyPath: string): string {
  if (findings.every(({ example }) => example === undefined)) return '';
  return (
    `\nTo see the examples decided:\n  npx deskwright check ${policyPath} --examples examples.jsonl\n` +
    `  npx deskwright explain --tickets examples.jsonl --policy ${policyPath}\n`
  );
}
