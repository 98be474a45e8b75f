// Decides by the same triggers with json-rules-engine.
import { Engine } from 'json-rules-engine';

/**
 * The rival: every trigger as one rule of json-rules-engine, the word operators as custom operators over words that
 * are split once per ticket. It is given what it can use: phrases parsed beforehand, facts read beforehand.
 * @param policy the policy whose triggers to run
 * @param tools the service's functions for words and values, so that both split words in the same way (no misspellings here)
 * @returns a function from facts to `{ category, priority, tags, fired }`, a promise as the engine is asynchronous
 */
export function buildRival(policy, tools) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator('words', ({ texts, list }, { phrases, entries, operator }) => {
    const has = (phrase, at) => (list ? isEntry(list, entries[at]) : texts.some((text) => contains(text, phrase)));
    if (operator === 'includes_any') return phrases.some(has);
    return operator === 'includes_all' ? phrases.every(has) : !phrases.some(has);
  });
  engine.addOperator('asked', (facts, holds) => holds(facts));
  const asked = new Set();
  for (const [place, trigger] of policy.triggers.entries()) {
    const conditions = convertGroup(trigger.conditions, tools, asked);
    engine.addRule({ name: trigger.id, conditions, event: { type: 'fires', params: { place } } });
  }
  return async (facts) => {
    const input = { ticket: facts };
    for (const field of asked) input[`words of ${field}`] = readWords(facts, field, tools);
    const { events } = await engine.run(input);
    const places = events.map((event) => event.params?.place).toSorted((a, b) => a - b);
    return compose(policy, places);
  };
}

function convertGroup({ all = [], any = [], none = [] }, tools, asked) {
  const convert = (node) => ('field' in node ? convertLeaf(node, tools, asked) : convertGroup(node, tools, asked));
  const parts = all.map(convert);
  if (any.length > 0) parts.push({ any: any.map(convert) });
  for (const node of none) parts.push({ not: convert(node) });
  return { all: parts };
}

function convertLeaf(condition, tools, asked) {
  const leaf = tools.compileLeaf(condition);
  if (leaf.kind === 'test') return { fact: 'ticket', operator: 'asked', value: leaf.holds };
  if (leaf.kind === 'pattern') {
    const find = tools.compilePatterns([leaf.source]);
    const read = tools.readerOf(condition.field);
    const holds = (facts) => {
      const texts = [read(facts) ?? []].flat().map((text) => tools.textForPatterns(String(text)));
      return texts.some((text) => find(text).length > 0) === leaf.wanted;
    };
    return { fact: 'ticket', operator: 'asked', value: holds };
  }
  asked.add(condition.field);
  const phrases = leaf.phrases.map((phrase) =>
    (tools.parsePhrase(phrase).ways[0] ?? []).map(({ word, anyEnding }) => ({
      word: tools.splitWords(word).join(''),
      anyEnding,
    })),
  );
  const entries = leaf.phrases.map((phrase) =>
    phrase.includes('*') ? tools.findEntries([phrase]) : tools.foldText(phrase),
  );
  return {
    fact: `words of ${condition.field}`,
    operator: 'words',
    value: { phrases, entries, operator: leaf.operator },
  };
}

function readWords(facts, field, { splitWords, foldText, wordingsReader }) {
  const { kind, parts } = wordingsReader(field)(facts);
  if (kind === 'list') return { list: parts.map(foldText) };
  return {
    texts: parts.map((part) => {
      const words = splitWords(part);
      return { words, distinct: new Set(words) };
    }),
  };
}

const isEntry = (list, entry) =>
  typeof entry === 'string' ? list.includes(entry) : list.some((one) => entry(one).length > 0);

/** Most entries are plain words, which need one lookup in a set. */
function contains({ words, distinct }, phrase) {
  const [first] = phrase;
  if (first === undefined || (!first.anyEnding && !distinct.has(first.word))) return false;
  if (phrase.length === 1 && !first.anyEnding) return true;
  return words.some((_, at) => phrase.every((pattern, i) => matches(words[at + i], pattern)));
}

function matches(word, pattern) {
  if (word === undefined) return false;
  return pattern.anyEnding ? word.startsWith(pattern.word) : word === pattern.word;
}

/** Combines the fired triggers by the rules of `decide`. */
function compose(policy, places) {
  const actions = places.map((place) => policy.triggers[place].actions);
  const rank = ['low', 'normal', 'high', 'urgent'];
  const priorities = actions.flatMap(({ priority }) => (priority ? [rank.indexOf(priority)] : []));
  return {
    category: actions.find(({ category }) => category)?.category ?? policy.default_category,
    priority: priorities.length === 0 ? null : rank[Math.max(...priorities)],
    tags: [...new Set(actions.flatMap(({ add_tags = [] }) => add_tags))],
  };
}
