// How does json-rules-engine decide by the same triggers?
import { Engine } from 'json-rules-engine';

/**
 * The rival: every trigger as one rule of json-rules-engine, the word operators as custom operators over words that
 * are split once per ticket. It is given what it can use: phrases parsed beforehand, facts read beforehand.
 * @param policy the policy whose triggers to run
 * @param tools `splitWords`, `parsePhrase` and `compileLeaf` of the service, so that a word is a word to both
 * @returns a function from facts to `{ category, priority, tags, fired }`, a promise as the engine is asynchronous
 */
export function buildRival(policy, tools) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator('words', ({ words, list }, { phrases, entries, operator }) => {
    const has = (phrase, at) => (list ? list.includes(entries[at]) : words.some((text) => contains(text, phrase)));
    if (operator === 'includes_any') return phrases.some(has);
    return operator === 'includes_all' ? phrases.every(has) : !phrases.some(has);
  });
  engine.addOperator('asked', (facts, leaf) => leaf.holds(facts));
  const asked = new Set();
  for (const [place, trigger] of policy.triggers.entries()) {
    const conditions = convertGroup(trigger.conditions, tools, asked);
    engine.addRule({ name: trigger.id, conditions, event: { type: 'fires', params: { place } } });
  }
  return async (facts) => {
    const input = { ticket: facts };
    for (const field of asked) input[`words of ${field}`] = readWords(facts, field, tools);
    const { events } = await engine.run(input);
    return compose(policy, events.map((event) => event.params.place).sort((a, b) => a - b));
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
  if (leaf.kind === 'test') return { fact: 'ticket', operator: 'asked', value: leaf };
  asked.add(condition.field);
  const phrases = leaf.phrases.map(tools.parsePhrase);
  const entries = leaf.phrases.map((phrase) => phrase.toLowerCase());
  return { fact: `words of ${condition.field}`, operator: 'words', value: { phrases, entries, operator: leaf.operator } };
}

function readWords(facts, field, { splitWords }) {
  if (field === 'tags') return { list: facts.tags.map((tag) => tag.toLowerCase()) };
  const texts = field === 'text' ? [facts.subject, facts.description] : [facts[field]];
  return { words: texts.filter((text) => text !== null).map((text) => splitWords(text)) };
}

function contains(words, phrase) {
  if (phrase.length === 0) return false;
  return words.some((_, at) =>
    phrase.every(({ word, anyEnding }, i) => {
      const here = words[at + i];
      return here !== undefined && (anyEnding ? here.startsWith(word) : here === word);
    }),
  );
}

/** What the fired triggers come to, by the rules of `decide`. */
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
