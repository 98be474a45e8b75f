// `deskwright explain --comment`: shows which drivers an answer to a survey is about, with the words found for each marked.
import { explainDrivers } from '../../decide/find-drivers.ts';
import { readPolicy } from '../operator.ts';
import { type MarkStyle, mark } from './words.ts';

interface ExplainCommentOptions {
  readonly comment: string;
  readonly policyPath: string;
  readonly json: boolean;
  readonly style: MarkStyle;
  /** Prints one or more lines. */
  readonly out: (text: string) => void;
}

/**
 * @returns the exit code: 0 it is about a driver, 1 it is about none
 * @throws Error that says what to do, when the policy cannot be used or has no lexicon
 */
export async function explainComment({ comment, policyPath, json, style, out }: ExplainCommentOptions): Promise<0 | 1> {
  const { policy } = await readPolicy(policyPath, { runsTests: false });
  const { lexicon } = policy.surveys;
  if (lexicon.length === 0) throw new Error('The policy has no words of drivers: write them under surveys.lexicon.');
  const { text, seen } = explainDrivers(comment, lexicon);
  const drivers = [...new Set(seen.map(({ driver }) => driver))];
  if (json) out(JSON.stringify({ drivers, text, seen }));
  else if (seen.length === 0) out('It is about no driver: no word of surveys.lexicon is in it.');
  else {
    const places = seen.flatMap((one, at) => one.places.map((place) => ({ ...place, conditions: [at + 1] })));
    out(mark(text, places, style));
    for (const [at, { driver, language }] of seen.entries())
      out(`  ${String(at + 1).padStart(2)}  ${driver} (words of ${language})`);
  }
  return drivers.length > 0 ? 0 : 1;
}
