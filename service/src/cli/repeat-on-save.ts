// Runs something again whenever the policy, or a file that it names, is saved.
import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { namedFiles } from '@deskwright/shared';
import { filesOf, type PolicyTexts, readPolicyTexts, rememberNames } from '../policy/read-policy-file.ts';
import { watchFiles } from '../policy/watch-files.ts';

export interface RepeatOptions {
  readonly policyPath: string;
  /** Of a draft: the policy in whose place it would be. */
  readonly inPlaceOf?: string | undefined;
  /** Prints nothing but what `run` prints. */
  readonly json: boolean;
  readonly out: (text: string) => void;
  readonly now: () => Date;
  /** How often the files are checked when no change was reported. */
  readonly pollMs?: number;
}

/** Until aborted. @returns the exit code of the last run */
export async function repeatOnSave(
  run: () => Promise<0 | 1 | 2>,
  { policyPath, inPlaceOf, json, out, now, pollMs = 1_000 }: RepeatOptions,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const namesIn = rememberNames(async (texts) => texts.map(namedFiles), new Map());
  let seen: PolicyTexts | undefined;
  let code: 0 | 1 | 2 = 2;
  let running = Promise.resolve();
  const runIfChanged = async () => {
    const texts = await readPolicyTexts(policyPath, { namesIn, inPlaceOf });
    if (signal.aborted || isDeepStrictEqual(texts, seen)) return;
    seen = texts;
    files.follow(filesOf(texts, policyPath, inPlaceOf));
    if (!json) out(`\n${now().toLocaleTimeString('sv-SE')}  ${policyPath}`);
    code = await run();
  };
  const report = (error: unknown) => out(error instanceof Error ? error.message : String(error));
  const onMaybeChanged = () => {
    running = running.then(runIfChanged).catch(report);
  };
  const files = watchFiles({ onMaybeChanged, debounceMs: 100, pollMs });
  onMaybeChanged();
  // The files' watch does not keep the process alive.
  const alive = setInterval(() => undefined, 60_000);
  if (!signal.aborted) await once(signal, 'abort');
  clearInterval(alive);
  files.stop();
  await running;
  return code;
}
