// Decides with a plain loop: evaluates each condition of each trigger, without reasons, nearest miss, hyphens or misspellings.

/**
 * The least work of a version without an index: it stops at the first result that decides a trigger, splits each text into words once a
 * ticket, and looks for each phrase in them.
 * @param policy the policy whose triggers to run
 * @param tools the service's functions for words and values
 * @returns a function from facts to the category
 */
export function buildPlain(policy, tools) {
  const triggers = policy.triggers.map(({ conditions, actions }) => ({
    holds: compileGroup(conditions, tools),
    category: actions.category,
  }));
  return (facts) => {
    const words = new Map();
    return triggers.find(({ holds, category }) => category && holds(facts, words))?.category ?? policy.default_category;
  };
}

function compileGroup({ all = [], any = [], none = [] }, tools) {
  const compile = (node) => ('field' in node ? compileCondition(node, tools) : compileGroup(node, tools));
  const [every, some, no] = [all.map(compile), any.map(compile), none.map(compile)];
  return (facts, words) => {
    const holds = (test) => test(facts, words);
    return every.every(holds) && (some.length === 0 || some.some(holds)) && !no.some(holds);
  };
}

function compileCondition(condition, tools) {
  const leaf = tools.compileLeaf(condition);
  if (leaf.kind === 'test') return leaf.holds;
  if (leaf.kind === 'pattern') {
    const find = tools.compilePatterns([leaf.source]);
    const read = tools.readerOf(condition.field);
    return (facts) => find(tools.textForPatterns(String(read(facts) ?? ''))).length > 0 === leaf.wanted;
  }
  const read = tools.wordingsReader(condition.field);
  const wanted = leaf.phrases.map(
    (phrase) => ` ${tools.splitWords(phrase).join(' ')}${phrase.endsWith('*') ? '' : ' '}`,
  );
  return (facts, words) => {
    const texts = read(facts).parts.map((text) => {
      const before = words.get(text) ?? ` ${tools.splitWords(text).join(' ')} `;
      words.set(text, before);
      return before;
    });
    const has = (phrase) => texts.some((text) => text.includes(phrase));
    if (leaf.operator === 'includes_all') return wanted.every(has);
    return wanted.some(has) === (leaf.operator === 'includes_any');
  };
}
