// Writes policies of many triggers for the benchmark of `check`: word lists as people write them, some of them mistaken.

const SYLLABLES =
  'ba be bi bo bu ca ce co cu da de di do fa fe fi fo ga ge go ha he hi ho ka ke ki ko la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo wa we wi za zo'.split(
    ' ',
  );
const CATEGORIES = 40;
/** Words that begin many phrases, such as "my" and "not". */
const FREQUENT = 300;

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A file may have 2 MB. */
const TRIGGERS_PER_FILE = 3_000;

/**
 * Each trigger has four to fourteen words or phrases, of which few stand in another trigger too. About a third have a condition beside them, and
 * every fiftieth has the conditions of an earlier one, mostly under another category.
 * @param {number} count
 * @returns {ReadonlyArray<{ name: string, text: string }>} the policy, and the files that it includes
 */
export function policyOf(count) {
  const random = numbers(count);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const vocabulary = Array.from({ length: 400 + 8 * count }, () =>
    Array.from({ length: 3 + Math.floor(random() * 2) }, () => pick(SYLLABLES)).join(''),
  );
  const frequent = () => vocabulary[Math.floor(random() * FREQUENT)];
  const rare = () => pick(vocabulary);
  const phrase = () =>
    random() < 0.4
      ? `${rare()}${random() < 0.2 ? '*' : ''}`
      : random() < 0.7
        ? `${frequent()} ${rare()}`
        : `${frequent()} ${frequent()} ${rare()}`;
  const EXTRAS = [
    '{ field: priority, operator: is_not, value: urgent }',
    '{ field: via, operator: is, value: email }',
    '{ field: tags, operator: includes_none, value: [spam, closed_by_merge] }',
    '{ field: custom_field:900, operator: is, value: tent }',
    '{ field: brand, operator: is, value: Outlet }',
  ];
  const triggers = [];
  for (let at = 0; at < count; at++) {
    const words = Array.from({ length: 4 + Math.floor(random() * 11) }, phrase);
    const conditions =
      at % 50 === 49
        ? pick(triggers).conditions
        : `{ any: [{ field: ${random() < 0.8 ? 'text' : 'subject'}, operator: includes_any, value: ${JSON.stringify(words)} }]${random() < 0.35 ? `, all: [${pick(EXTRAS)}]` : ''} }`;
    triggers.push({ conditions, category: Math.floor(random() * CATEGORIES) });
  }
  const lines = triggers.map(
    ({ conditions, category }, at) =>
      `  - { id: t${at}, title: Trigger ${at}, conditions: ${conditions}, actions: { category: c${category} } }\n`,
  );
  const parts = Array.from({ length: Math.ceil(count / TRIGGERS_PER_FILE) }, (_, at) => ({
    name: `triggers-${at}.yaml`,
    text: `triggers:\n${lines.slice(at * TRIGGERS_PER_FILE, (at + 1) * TRIGGERS_PER_FILE).join('')}`,
  }));
  const categories = Array.from(
    { length: CATEGORIES },
    (_, at) => `  - { id: c${at}, name: Category ${at}, tier: t1 }\n`,
  );
  const text = `version: 1
company: Testshop
time_zone: Europe/Berlin
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support }]
include: [${parts.map(({ name }) => name).join(', ')}]
categories:
${categories.join('')}  - { id: other, name: Other, tier: t1 }
default_category: other
`;
  return [{ name: 'policy.yaml', text }, ...parts];
}
