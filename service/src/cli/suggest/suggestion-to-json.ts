// Writes a suggestion as data.
import type { Catches, Measured, Suggestion } from '../../suggest/index.ts';

/** Shares are of 1. */
export function suggestionToJson({ gathered, learnt, heldOut, ...suggestion }: Suggestion) {
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
