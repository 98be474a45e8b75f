// Validates a policy file and prints a summary of it.
import { formatProblems, type PolicyProblem } from '@deskwright/shared';
import { channelOf, slackSettings } from '../app/slack-settings.ts';
import { summarisePolicy } from '../policy/format-policy.ts';
import { readPolicyFile } from '../policy/read-policy-file.ts';
import { sendsMail } from '../reports/index.ts';
import { channelsWithoutAddress } from '../slack/address-variable.ts';
import { asksAnything } from '../surveys/index.ts';

export interface CheckOptions {
  readonly policyPath: string;
  readonly json: boolean;
  /** SMTP_URL is not set where the command runs. */
  readonly isMailUnset?: boolean;
  /** Where the addresses of Slack channels are. Left out: they are not checked. */
  readonly env?: NodeJS.ProcessEnv;
  /** Prints one or more lines. */
  readonly out: (text: string) => void;
}

/**
 * `deskwright check`: validates a policy file; needs neither Zendesk nor the database.
 * @returns the exit code: 0 valid (warnings allowed), 1 it has errors, 2 it cannot be read
 */
export async function runCheck({ policyPath, json, isMailUnset = false, env, out }: CheckOptions): Promise<0 | 1 | 2> {
  const read = await readPolicyFile(policyPath);
  switch (read.outcome) {
    case 'unreadable':
      out(json ? JSON.stringify({ ok: false, file: policyPath, error: read.reason }) : `Cannot check: ${read.reason}.`);
      return 2;
    case 'refused':
      out(
        json
          ? toJson(policyPath, false, read.problems)
          : `${formatProblems(read.problems, read.text)}\n\n${countProblems(read.problems)}`,
      );
      return 1;
    case 'loaded': {
      const { policy, warnings, hash } = read.loaded;
      if (json) {
        out(toJson(policyPath, true, warnings, hash));
        return 0;
      }
      if (warnings.length > 0) out(`${formatProblems(warnings, read.text)}\n`);
      out(`${policyPath} is fine${warnings.length > 0 ? `, with ${countProblems(warnings)}` : ''}\n`);
      out(summarisePolicy(policy));
      if (isMailUnset && asksAnything(policy)) out(NO_MAIL);
      else if (isMailUnset && sendsMail(policy)) out(NO_MAIL_FOR_REPORTS);
      const slackChannels = env && slackSettings(env).map(channelOf);
      for (const problem of channelsWithoutAddress(policy, (channel) => slackChannels?.includes(channel) ?? true))
        out(`\nWarning: ${problem} here (.env). Unless the service has it, nothing is sent there.`);
      return 0;
    }
  }
}

const NO_MAIL =
  '\nSMTP_URL is not set here (.env). Unless the service has it, surveys and reports are scheduled and not sent.';
const NO_MAIL_FOR_REPORTS =
  '\nNo mail server is set here (.env). Unless the service has one, reports by mail are not sent.';

function toJson(file: string, ok: boolean, problems: readonly PolicyProblem[], hash?: string): string {
  return JSON.stringify({ ok, file, ...(hash !== undefined && { hash }), problems });
}

/** `2 mistakes and 1 warning`. */
export function countProblems(problems: readonly PolicyProblem[]): string {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  return [plural(errors, 'mistake'), plural(warnings, 'warning')].filter((text) => text !== '').join(' and ');
}

function plural(n: number, word: string): string {
  return n === 0 ? '' : `${n} ${word}${n === 1 ? '' : 's'}`;
}
