// Finds words of drivers that belong to two drivers or change nothing, and drivers that no answer can have.
import { foldText, type Policy, tickedDrivers } from '@deskwright/shared';
import { textImplies } from '../decide/prove/index.ts';
import type { LintFinding, PolicyPath } from './finding.ts';
import { notCompared } from './triggers/describe.ts';

interface Use {
  readonly driver: string;
  readonly word: string;
  readonly path: PolicyPath;
}

/** Pairs of words compared at most. */
const MOST_PAIRS = 200_000;

export function checkLexicon(policy: Policy): readonly LintFinding[] {
  const { lexicon } = policy.surveys;
  if (lexicon.length === 0) return [];
  return [...checkDrivers(policy), ...inTwoDrivers(lexicon.flatMap(usesOf)), ...changingNothing(lexicon.map(usesOf))];
}

function usesOf({ driver, words }: Policy['surveys']['lexicon'][number], place: number): Use[] {
  return Object.entries(words).flatMap(([language, list]) =>
    list.map((word, at) => ({ driver, word, path: ['surveys', 'lexicon', place, 'words', language, at] })),
  );
}

function checkDrivers({ surveys: { lexicon, page } }: Policy): LintFinding[] {
  const ticked = tickedDrivers(page);
  const withoutWords = lexicon.flatMap(({ driver, words }, place): LintFinding[] =>
    Object.values(words).some((list) => list.length > 0)
      ? []
      : [
          {
            code: ticked.includes(driver) ? 'driver-without-words' : 'driver-never-reached',
            severity: 'warning',
            path: ['surveys', 'lexicon', place, 'driver'],
            at: 'value',
            message: ticked.includes(driver)
              ? `driver "${driver}" has no words, so no comment is about it`
              : `driver "${driver}" has no words and cannot be ticked, so no answer is about it`,
            proof: [],
          },
        ],
  );
  const known = new Set(lexicon.map(({ driver }) => driver));
  const missing = ticked.filter((driver) => !known.has(driver));
  return [
    ...withoutWords,
    ...(missing.length === 0
      ? []
      : [
          {
            code: 'driver-without-words' as const,
            severity: 'note' as const,
            path: ['surveys', 'lexicon'],
            at: 'key' as const,
            message: `customers can tick ${missing.map((driver) => `"${driver}"`).join(', ')}, of which the lexicon has no words, so no comment is about it`,
            proof: [],
          },
        ]),
  ];
}

function inTwoDrivers(uses: readonly Use[]): LintFinding[] {
  const first = new Map<string, Use>();
  return uses.flatMap((use): LintFinding[] => {
    const key = foldText(use.word).replace(/\s+/g, ' ').trim();
    const other = first.get(key);
    if (other === undefined) first.set(key, use);
    if (other === undefined || other.driver === use.driver) return [];
    return [
      {
        code: 'word-in-two-drivers',
        severity: 'note',
        path: use.path,
        at: 'value',
        message: `"${use.word}" is a word of driver "${other.driver}" too; a comment with it is about both`,
        proof: [],
      },
    ];
  });
}

/** Words whose comments another word of the same driver finds; of two that say the same, the later one. */
function changingNothing(drivers: readonly (readonly Use[])[]): LintFinding[] {
  const findings: LintFinding[] = [];
  const hasMisspelt = drivers.flat().some(({ word }) => word.includes('~'));
  let pairs = 0;
  for (const uses of drivers) {
    pairs += uses.length ** 2;
    if (pairs > MOST_PAIRS)
      return [
        ...findings,
        notCompared(
          uses[0]?.path ?? [],
          `the words of driver "${uses[0]?.driver}" and of those below were not compared with one another: there are too many`,
        ),
      ];
    for (const [at, use] of uses.entries()) {
      const wider = uses.find(
        (other, n) => n !== at && textImplies(use.word, other.word) && (n < at || !textImplies(other.word, use.word)),
      );
      if (wider)
        findings.push({
          code: 'word-changes-nothing',
          severity: 'warning',
          path: use.path,
          at: 'value',
          message: `"${use.word}" changes nothing: driver "${use.driver}" is found in the same comments without it`,
          proof: [`every text with "${use.word}" has "${wider.word}"`],
          // A word that the lexicon has is never taken for a misspelling of another.
          ...(!hasMisspelt && { remove: use.path }),
        });
    }
  }
  return findings;
}
