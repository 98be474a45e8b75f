// Builds the reference page's section about conditions.
import { MAX_CONDITION_DEPTH } from '../condition.ts';
import {
  CONDITION_FIELDS,
  FIELD_KINDS,
  FIELD_NAMES,
  findConditionField,
  operatorsOf,
  SOLVE_FIELD_NAMES,
} from '../condition-fields.ts';
import { CONDITION_OPERATORS, OPERATOR_NAMES } from '../condition-operators.ts';
import { SOLVE_FIELDS } from '../solve-fields.ts';
import { codeOf, tableOf } from './markdown.ts';

const CUSTOM = 'custom_field:<id>';

const GROUPS = `## Conditions

\`conditions\` holds up to three lists: \`all\` (every one must hold), \`any\` (at least one must hold), \`none\` (not one may
hold). A list may hold further groups instead of single conditions, up to ${MAX_CONDITION_DEPTH} deep. A single condition is
\`{ field, operator, value }\`.

\`\`\`yaml
conditions:
  all:
    - { field: status, operator: less_than, value: solved }
    - any:
        - { field: text, operator: includes_any, value: [refund, "money back"] }
        - { field: subject, operator: matches, value: '\\breturn(ed|ing)?\\b' }
  none:
    - { field: tags, operator: includes_any, value: [spam] }
\`\`\`
`;

const WORDS = `### Words and patterns

Words are compared whole, without regard to capitals, accents and what people leave out: \`refund\` is found in "Refund!" and
not in "refunded", \`Rückerstattung\` in "Rueckerstattung", \`annulation\` in "l'annulation". A phrase (\`money back\`) is found when
its words follow one another. Marks widen a word: \`refund*\` takes any ending, \`*rechnung\` any beginning, and \`refund~\` also
takes it misspelt; \`refund~*\` does both. \`exact:año\` wants accents, and capitals where the rule has them, as they are written.
Of tags, the whole tag is compared. [Words in every language](words.md) has all of it.

Patterns of \`matches\` are [RE2](https://github.com/google/re2/wiki/Syntax): everything usual but look-ahead, look-behind and
references back to a group, so that no pattern can be slow. \`\\b\`, \`\\w\` and \`\\d\` know the letters of all scripts. Write them in single quotes: in double quotes YAML reads \`\\b\` as
a backspace.
`;

const TEXTS = `### What is read of a text

\`subject\`, \`description\`, \`text\` and \`comment\` hold what the customer wrote now. Left out are:

- earlier messages: lines that begin with \`>\`, and what stands below the heads of common mail programs ("On ... wrote:",
  "-----Original Message-----", "From: Sent: To: Subject:") and below Zendesk's "##- Please type your reply above this line -##";
- a message passed on below the customer's own words, if these are four words or more; below fewer ("FYI") it counts;
- signatures below \`--\`, the names below a closing ("Kind regards"), "Sent from my iPhone", and legal notices;
- where a link goes, and e-mail addresses. The words of a Markdown link count.

The heads are known in some thirty languages. Where nothing else would be left, nothing but links and addresses is left out. HTML
entities (\`&nbsp;\`, \`&#39;\`) and tags are read as what they stand for. To ask for all of it, write \`field: full_text\`;
\`npx deskwright explain --tickets FILE\` shows what was left out.

Words cannot know what is meant: "I do not want a refund" says \`refund\`. Where that matters, ask for more than one word, and
look at the tickets that a trigger catches.
`;

/** Markdown: groups, fields, operators, which fits which, words and patterns. */
export function describeConditions(): string {
  const fields = [...FIELD_NAMES, CUSTOM].map((name) => {
    const field = definitionOf(name);
    const { allowed } = FIELD_KINDS[field?.kind ?? 'text'];
    return [codeOf(name), field?.meaning ?? '', allowed ? allowed.map(codeOf).join(' ') : codeOf(field?.example ?? '')];
  });
  const operators = OPERATOR_NAMES.map((name) => [
    codeOf(name),
    CONDITION_OPERATORS[name].meaning,
    SHAPES[CONDITION_OPERATORS[name].shape],
  ]);
  const fitting = [...FIELD_NAMES, CUSTOM].map((name) => {
    const fits = operatorsOf(sampleOf(name));
    return [codeOf(name), ...OPERATOR_NAMES.map((operator) => (fits.includes(operator) ? 'yes' : ''))];
  });
  return [
    GROUPS,
    `### Fields\n\n${tableOf(['field', 'meaning', 'values, or an example'], fields)}`,
    describeSolveFields(),
    `### Operators\n\n${tableOf(['operator', 'holds when', 'value'], operators)}`,
    `### Which operator fits which field\n\n${tableOf(['field', ...OPERATOR_NAMES.map(codeOf)], fitting)}`,
    WORDS,
    TEXTS,
  ].join('\n');
}

function describeSolveFields(): string {
  const rows = SOLVE_FIELD_NAMES.map((name) => {
    const { kind, meaning, example } = SOLVE_FIELDS[name];
    const operators = operatorsOf(name, 'solve').map(codeOf).join(' ');
    const { allowed } = FIELD_KINDS[kind];
    return [codeOf(name), meaning, allowed ? allowed.map(codeOf).join(' ') : codeOf(example), operators];
  });
  return `### Fields of solved tickets

Only \`surveys.csat.conditions\` and \`surveys.ces.conditions\` may use these. They hold what the ticket's history says when the survey is due.

${tableOf(['field', 'meaning', 'values, or an example', 'operators'], rows)}`;
}

const SHAPES = {
  one: 'one value',
  words: 'a list of words and phrases',
  pattern: 'one pattern',
  none: 'none',
} as const;

function definitionOf(name: string) {
  return name === CUSTOM ? findConditionField(sampleOf(name)) : CONDITION_FIELDS[name as keyof typeof CONDITION_FIELDS];
}

/** `custom_field:<id>` stands for any id. */
function sampleOf(name: string): string {
  return name === CUSTOM ? 'custom_field:1' : name;
}
