import { linePositions } from '@deskwright/shared';
import type { GuidanceBlock } from '@deskwright/shared/contract';
import { stepsOf } from './guidance.ts';
import { readMarkdown } from './read-markdown.ts';

const blocksOf = (text: string) => {
  const { guidance, problems } = readMarkdown(text);
  expect(problems).toEqual([]);
  return guidance.blocks;
};

/** `line 3, column 5: message` */
function saidOf(text: string): string[] {
  const { problems, source } = readMarkdown(text);
  const positionOf = linePositions(source);
  return problems.map(({ offset, message, severity, didYouMean }) => {
    const { line, column } = positionOf(offset);
    const hint = didYouMean === undefined ? '' : `. Did you mean "${didYouMean}"?`;
    return `${severity === 'warning' ? 'warning ' : ''}line ${line}, column ${column}: ${message}${hint}`;
  });
}

const paragraph = (...text: object[]) => [{ kind: 'paragraph', text }];
const words = (text: string) => ({ kind: 'text', text });

describe('guidance in Markdown', () => {
  it('has the title of its # heading, wherever it is', () => {
    expect(readMarkdown('Words first.\n\n# Money **back**\n').guidance.title).toBe('Money back');
    expect(readMarkdown('Only words.').guidance.title).toBeNull();
  });

  it('keeps headings, paragraphs and quotes', () => {
    expect(blocksOf('## Before\n\nOne line\nand the next.\n\n#### Deep\n\n> Said\n>\n> - so\n')).toEqual([
      { kind: 'heading', level: 2, text: [words('Before')] },
      ...paragraph(words('One line and the next.')),
      { kind: 'heading', level: 3, text: [words('Deep')] },
      {
        kind: 'quote',
        blocks: [
          ...paragraph(words('Said')),
          { kind: 'list', ordered: false, items: [{ kind: 'item', text: [words('so')], blocks: [] }] },
        ],
      },
    ]);
  });

  it('keeps strong, emphasis, code, links and line breaks, the outer one when nested', () => {
    expect(blocksOf('**a _b_** *c* `d` [e *f*](https://g.test/h) \\* &amp; i  \nj')).toEqual(
      paragraph(
        { kind: 'strong', text: 'a b' },
        words(' '),
        { kind: 'emphasis', text: 'c' },
        words(' '),
        { kind: 'code', text: 'd' },
        words(' '),
        { kind: 'link', text: 'e f', href: 'https://g.test/h' },
        words(' * & i\nj'),
      ),
    );
  });

  it.each([
    'https://a.test',
    'http://a.test/b?c=d',
    'mailto:a@b.test',
    'tel:+15550100',
    'https://a.test/{{ticket.id}}',
  ])('lets a link go to %s', (href) => {
    expect(blocksOf(`[there](${href})`)).toEqual(paragraph({ kind: 'link', text: 'there', href }));
  });

  it('decodes every HTML entity', () => {
    expect(blocksOf('&copy; 3&euro; &#8364; &unknown;')).toEqual(paragraph(words('© 3€ € &unknown;')));
  });

  it('resolves reference links, wherever the definition is', () => {
    expect(blocksOf('[b][c] and [c]\n\n> [c]: https://a.test')).toEqual([
      ...paragraph({ kind: 'link', text: 'b', href: 'https://a.test' }, words(' and '), {
        kind: 'link',
        text: 'c',
        href: 'https://a.test',
      }),
      { kind: 'quote', blocks: [] },
    ]);
  });

  it('turns bare addresses into links', () => {
    expect(blocksOf('https://a.test')).toEqual(
      paragraph({ kind: 'link', text: 'https://a.test', href: 'https://a.test' }),
    );
  });

  it('reads check boxes as steps and other list entries as items, nested and numbered too', () => {
    const text = '1. [ ] First\n\n   - [ ] Inside\n   - Plain\n2. [ ] Second\n';
    const [list] = blocksOf(text);
    expect(list).toMatchObject({
      kind: 'list',
      ordered: true,
      items: [
        {
          kind: 'step',
          text: [words('First')],
          doneBy: null,
          doneAt: null,
          blocks: [
            { kind: 'list', ordered: false, items: [{ kind: 'step' }, { kind: 'item', text: [words('Plain')] }] },
          ],
        },
        { kind: 'step', text: [words('Second')], blocks: [] },
      ],
    });
    expect(readMarkdown(text).guidance.steps).toBe(3);
  });

  it('reads a block marked reply as wording for the reply, inside a step as part of the step', () => {
    const [step, alone] = blocksOf('- [ ] Ask\n\n  ```reply\n  Hi,\n\n  which order?\n  ```\n\n```reply\nBye\n```\n');
    expect(step).toMatchObject({ items: [{ kind: 'step', blocks: [{ kind: 'reply', text: 'Hi,\n\nwhich order?' }] }] });
    expect(alone).toEqual({ kind: 'reply', text: 'Bye' });
  });

  it('reads a file from Windows', () => {
    expect(blocksOf('\uFEFF# T\r\n\r\n- [ ] A\r\n- [ ] B\r\n')).toMatchObject([
      { items: [{ kind: 'step' }, { kind: 'step' }] },
    ]);
  });
});

describe('the id of a step', () => {
  const idsOf = (text: string) => stepsOf(readMarkdown(text).guidance.blocks).map(({ id }) => id);

  it('stays when other steps are added, removed or moved, and when its punctuation and case change', () => {
    const [a, b] = idsOf('- [ ] Say sorry\n- [ ] Ask for the order');
    expect(idsOf('# T\n\n- [ ] New\n- [ ] **Ask** for the order.\n- [ ] say  sorry!')).toEqual([
      expect.any(String),
      b,
      a,
    ]);
  });

  it('distinguishes equal steps by their order', () => {
    const [a, b, c] = idsOf('- [ ] Wait\n- [ ] Ask\n  - [ ] Wait\n');
    expect(new Set([a, b, c]).size).toBe(3);
    expect(idsOf('- [ ] Wait\n- [ ] Wait')).toEqual([a, c]);
  });

  it('changes with the words', () => {
    expect(idsOf('- [ ] Ask')).not.toEqual(idsOf('- [ ] Ask them'));
  });
});

describe('what the sidebar cannot show is refused at its position', () => {
  test.each([
    [
      'HTML',
      'One\n\nTwo <b>bold</b>',
      ['line 3, column 5: "<b>" reads as HTML', 'line 3, column 12: "</b>" reads as HTML'],
    ],
    ['a block of HTML', '- [ ] a\n\n<script>alert(1)</script>\n', ['line 3, column 1: HTML is not shown']],
    ['a comment', '<!-- todo -->', ['line 1, column 1: HTML is not shown']],
    ['an image', '- [ ] See\n  - ![x](https://a.test/x.png)', ['line 2, column 5: images are not shown']],
    [
      'a script in a link',
      'a [b](javascript:alert(1))',
      ['line 1, column 3: "javascript:alert(1)" is not a valid link address'],
    ],
    [
      'a script that hides',
      '[b](javascript&#58;alert(1))',
      ['line 1, column 1: "javascript:alert(1)" is not a valid link address'],
    ],
    ['a relative link', '[b](refunds.md)', ['line 1, column 1: "refunds.md" is not a valid link address']],
    [
      'a link by reference',
      '[b][c]\n\n[c]: data:text/html,x',
      ['line 1, column 1: "data:text/html,x" is not a valid link address'],
    ],
    ['a table', '| a | b |\n| - | - |\n| 1 | 2 |', ['line 1, column 1: a table does not fit']],
    [
      'a horizontal rule, as above front matter',
      '---\ntitle: x\n---\n',
      ['line 1, column 1: a horizontal rule is not shown'],
    ],
    [
      'a footnote',
      'a[^1]\n\n[^1]: b',
      ['line 1, column 2: footnotes are not shown', 'line 3, column 1: footnotes are not shown'],
    ],
    ['struck out text', '~~no~~', ['line 1, column 1: struck-out text']],
    ['a second title', '# A\n\n# B', ['line 3, column 1: a second title']],
    ['a step without text', '- [ ] a\n- [ ] \n  > b', ['line 2, column 1: a step is written "- [ ] text"']],
    ['a box without a space', '- [] a', ['line 1, column 1: a step is written "- [ ] text"']],
    ['an unmarked block', '- [ ] a\n\n  ```\n  x\n  ```\n', ['line 3, column 3: a block between ``` is wording']],
    [
      'a misspelt mark',
      '```replay\nx\n```',
      [
        'line 1, column 1: a block between ``` is wording for the reply and must start with ```reply. Did you mean "reply"?',
      ],
    ],
    ['an indented line', 'a\n\n    b', ['line 3, column 5: a line that is indented by four spaces']],
    ['an empty reply', '```reply\n```', ['line 1, column 1: wording for the reply without text']],
    [
      'an open reply that ends like a closed one',
      '```reply\nHi ```',
      ['line 1, column 1: a block of wording is opened'],
    ],
    ['an open reply', 'a\n\n```reply\nHi\n', ['line 3, column 1: a block of wording is opened here and never closed']],
    ['an empty file', '\n \n', ['line 1, column 1: the file is empty']],
    [
      'too deep nesting',
      `${'> '.repeat(8)}a`,
      ['line 1, column 13: lists and quotes are nested more than 6 levels deep'],
    ],
  ])('%s', (_, text, expected) => {
    expect(saidOf(text)).toEqual(expected.map((said) => expect.stringContaining(said)));
  });

  it('finds the second of two equal errors, and those after wording for the reply', () => {
    const text = '- [ ] a <b>\n  ```reply\n  Hi <b>\n  ```\n- [ ] c <b>\n';
    expect(saidOf(text)).toEqual([
      expect.stringMatching(/^line 1, column 9: /),
      expect.stringMatching(/^line 5, column 9: /),
    ]);
  });

  it('warns of a step that is ticked in the file', () => {
    expect(saidOf('- [ ] a\n- [x] b')).toEqual([
      expect.stringMatching(/^warning line 2, column 1: a step that is ticked/),
    ]);
  });

  it('handles a file of nothing but nesting', () => {
    expect(saidOf('> '.repeat(20_000))).not.toEqual([]);
  });
});

describe('placeholders', () => {
  test.each([
    [
      '{{ticket.requester.fist_name}}',
      'line 1, column 4: placeholder "ticket.requester.fist_name" does not exist. Did you mean "ticket.requester.first_name"?',
    ],
    ['{{ requester }}', 'placeholder "requester" does not exist'],
    ['{{}}', 'placeholder "" does not exist'],
    ['{{ticket.id | upcase}}', '"{{ticket.id | upcase}}" has a filter'],
    ['{% if ticket %}', '"{% if ticket %}" is a Liquid tag'],
    ['{{ticket.id', 'a placeholder is opened here and not closed'],
  ])('%s is refused where it stands', (placeholder, expected) => {
    expect(saidOf(`Hi ${placeholder}`)).toEqual([expect.stringContaining(expected)]);
  });

  it('are found in wording for the reply and links, each on its line', () => {
    const text = '- [ ] a\n  ```reply\n  Hi\n  {{nobody}}\n  ```\n- [b](https://c.test/{{nothing}})';
    expect(saidOf(text)).toEqual([
      expect.stringMatching(/^line 4, column 3: placeholder "nobody"/),
      expect.stringMatching(/^line 6, column 22: placeholder "nothing"/),
    ]);
  });
});

it('never throws, whatever the text', () => {
  const pieces = [
    '- [ ] a',
    '```reply',
    '```',
    '> ',
    '{{',
    '}}',
    '<b',
    '![',
    '](',
    '\u0000',
    '# ',
    '1. ',
    '   ',
    '***',
    '[x]: y',
    '\t',
  ];
  let seed = 7;
  const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648);
  for (let round = 0; round < 300; round += 1) {
    const text = Array.from(
      { length: 12 },
      () => pieces[next() % pieces.length] + (next() % 3 === 0 ? '\n' : ' '),
    ).join('');
    const { guidance, problems, source } = readMarkdown(text);
    for (const { offset } of problems) expect(offset).toBeLessThanOrEqual(source.length);
    expect(guidance.steps).toBe(stepsOf(guidance.blocks as GuidanceBlock[]).length);
  }
});
