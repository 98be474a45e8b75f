// Suggests triggers for the policy, and writes them into its file.
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatProblems, type Policy, policySchema } from '@deskwright/shared';
import { categoryByLabel } from '../../past-tickets/index.ts';
import { readPolicyFile, readPolicyTexts } from '../../policy/read-policy-file.ts';
import {
  type Catches,
  editPolicyText,
  type LabelledTicket,
  LayoutTooRare,
  type Measured,
  type PolicyFile,
  type Suggestion,
  splitEdits,
  suggest,
  toEdits,
} from '../../suggest/index.ts';
import { replaceFiles } from '../replace-files.ts';
import { describeSuggestion, isNothing } from './describe-suggestion.ts';
import { diffLines } from './diff-lines.ts';

export interface RunSuggest {
  readonly policyPath: string;
  readonly read: (policy: Policy) => Promise<readonly LabelledTicket[]>;
  readonly mostTriggers: number;
  readonly heldOut: number;
  readonly seed: number;
  readonly apply: boolean;
  readonly retire: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly now: () => Date;
  readonly out: (text: string) => void;
  readonly err: (line: string) => void;
}

/**
 * `deskwright suggest`.
 * @returns the exit code: 0 done, 1 there is nothing to suggest, 2 the policy cannot be used or changed
 */
export async function runSuggest(options: RunSuggest): Promise<0 | 1 | 2> {
  const { policyPath, json, out, err } = options;
  const read = await readPolicyFile(policyPath);
  if (read.outcome === 'refused') {
    err(`${formatProblems(read.problems, read.text)}\n\nThe policy has mistakes; correct them first.`);
    return 2;
  }
  if (read.outcome === 'unreadable' && (options.apply || options.dryRun)) {
    err(`There is no policy to write into: ${read.reason}. Begin with: deskwright init`);
    return 2;
  }
  const policy = read.outcome === 'loaded' ? read.loaded.policy : NO_POLICY;
  if (read.outcome === 'unreadable') err(`Suggests without a policy: ${read.reason}.`);
  const tickets = await options.read(policy);
  const suggestion = suggest(tickets, policy, { ...options, categoryOf: categoryByLabel(policy) });
  if (json) out(JSON.stringify(suggestionToJson(suggestion)));
  else out(describeSuggestion(suggestion, options));
  if (isNothing(suggestion)) return 1;
  if (!(options.apply || options.dryRun)) return 0;
  return applyTo(policyPath, suggestion, policy, options);
}

async function applyTo(path: string, suggestion: Suggestion, policy: Policy, options: RunSuggest): Promise<0 | 2> {
  const { dryRun, retire, now, err } = options;
  const print = options.json ? err : options.out;
  try {
    const changes = splitEdits(await readFiles(path), toEdits(suggestion, policy, retire)).map(({ file, edits }) => ({
      ...file,
      edited: editPolicyText(file.text, edits),
    }));
    if (dryRun) {
      for (const { path: file, text, edited } of changes) print(`\n${diffLines(text, edited, file)}`);
      return 0;
    }
    const written = await replaceFiles(
      path,
      // A link in a file's place stays a link.
      await Promise.all(
        changes.map(async (one) => ({ path: await realpath(one.path), text: Buffer.from(one.edited) })),
      ),
      { now: now(), files: {} },
    );
    for (const [at, { former }] of written.entries())
      print(`\nWrote ${changes[at]?.path}${former === null ? '' : `; the former file is ${former}`}.`);
    print(`Check it: deskwright check ${path}`);
    return 0;
  } catch (error) {
    if (!(error instanceof LayoutTooRare)) throw error;
    err(`Nothing was written: ${error.message}. Copy what is printed above by hand.`);
    return 2;
  }
}

/** Of the policy and what it includes, in the order in which their lists are appended. */
async function readFiles(path: string): Promise<PolicyFile[]> {
  const texts = await readPolicyTexts(path);
  const included = texts.ok ? texts.included.map(({ file }) => join(dirname(path), file)) : [];
  return Promise.all([path, ...included].map(async (file) => ({ path: file, text: await readFile(file, 'utf8') })));
}

/** What tickets are learnt for when there is no policy. */
const NO_POLICY: Policy = policySchema.parse({
  version: 1,
  company: 'Company',
  time_zone: 'UTC',
  tiers: [{ id: 't1', name: 'Support', group: 'Support' }],
  categories: [{ id: 'other', name: 'Other', tier: 't1' }],
  default_category: 'other',
});

/** Shares are of 1. */
function suggestionToJson({ gathered, learnt, heldOut, ...suggestion }: Suggestion) {
  const { triggers, words, retire, place, newCategories, notLearnt } = suggestion;
  return {
    tickets: gathered,
    learnt: { before: toFigures(learnt.before), after: toFigures(learnt.after) },
    heldOut: { before: toFigures(heldOut.before), after: toFigures(heldOut.after) },
    place,
    newCategories,
    triggers: triggers.map((one) => ({
      ...one.trigger,
      learnt: toCatches(one.learnt),
      heldOut: toCatches(one.heldOut),
    })),
    words: words.map(({ triggerId, words: more, learnt: catches }) => ({
      triggerId,
      words: more,
      learnt: toCatches(catches),
    })),
    retire,
    notLearnt,
  };
}

const toFigures = ({ texts, right, silent, silentExamples }: Measured) => ({
  texts,
  right,
  silent,
  accuracy: texts === 0 ? null : right / texts,
  silentExamples,
});

const toCatches = ({ right, wrong, rightExamples, wrongExamples }: Catches) => ({
  right,
  wrong,
  rightExamples,
  wrongExamples,
});
