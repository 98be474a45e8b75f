import { type FillGuidance, fillGuidance, type GuidanceValues, stepsOf } from './guidance.ts';
import { readMarkdown } from './read-markdown.ts';

const VALUES: GuidanceValues = {
  ticketId: 42,
  subject: 'My tent leaks',
  requesterName: 'Robin Field',
  agentName: 'Priya Nair',
  company: 'Northwind Outdoor',
};

function fill(
  text: string,
  { values, ...more }: Partial<Omit<FillGuidance, 'values'>> & { values?: Partial<GuidanceValues> } = {},
) {
  const { guidance, problems } = readMarkdown(text);
  expect(problems).toEqual([]);
  return fillGuidance(
    { ...guidance, title: guidance.title ?? 'Untitled' },
    { categoryId: 'refunds', ticks: new Map(), ...more, values: { ...VALUES, ...values } },
  );
}

const replyOf = (text: string, values?: Partial<GuidanceValues>) =>
  fill(`\`\`\`reply\n${text}\n\`\`\``, { values: values ?? {} }).blocks[0];

describe('wording for the reply', () => {
  it('has its placeholders filled in', () => {
    expect(
      replyOf(
        'Hi {{ticket.requester.first_name}} ({{ ticket.requester.name }}), "{{ticket.title}}" is #{{ticket.id}}.\n{{current_user.first_name}}, {{current_user.name}}, {{ticket.account}}',
      ),
    ).toEqual({
      kind: 'reply',
      text: 'Hi Robin (Robin Field), "My tent leaks" is #42.\nPriya, Priya Nair, Northwind Outdoor',
    });
  });

  test.each([
    ['Hi {{ticket.requester.first_name}},', { requesterName: null }, 'Hi there,'],
    ['Hi {{ticket.requester.name}},', { requesterName: '  ' }, 'Hi there,'],
    ['Hi {{ticket.requester.first_name}},', { requesterName: 'robin@example.com' }, 'Hi there,'],
    ['About {{ticket.title}}', { subject: null }, 'About your request'],
    ['Your {{current_user.first_name}}', { agentName: null }, 'Your the Northwind Outdoor team'],
    ['Ticket {{ticket.id}}', { ticketId: null }, 'Ticket (not saved yet)'],
  ])('%s reads well when the value is missing', (text, values, expected) => {
    expect(replyOf(text, values)).toEqual({ kind: 'reply', text: expected });
  });

  it('does not let a customer add a placeholder that Zendesk would expand', () => {
    expect(
      replyOf('Hi {{ticket.requester.name}}, {{ticket.title}}', {
        requesterName: '{{current_user.email}}',
        subject: '{% raw %}{{{a}}}',
      }),
    ).toEqual({ kind: 'reply', text: 'Hi { {current_user.email}}, { % raw %}{ { {a}}}' });
  });

  it('shows a name as it is, without HTML', () => {
    expect(replyOf('{{ticket.requester.name}}', { requesterName: 'O\'Neill <b> & "Co"' })).toEqual({
      kind: 'reply',
      text: 'O\'Neill <b> & "Co"',
    });
  });
});

it('fills in titles, headings, steps, quotes and links; values in link addresses are encoded', () => {
  const card = fill(
    '# For {{ticket.requester.first_name}}\n\n## {{ticket.id}}\n\n- [ ] Ask {{ticket.requester.first_name}}\n\n> {{ticket.account}}\n\n[{{ticket.title}}](https://shop.test/?q={{ticket.title}})',
    { values: { subject: 'a&b #1' } },
  );
  expect(card).toMatchObject({
    categoryId: 'refunds',
    title: 'For Robin',
    blocks: [
      { text: [{ kind: 'text', text: '42' }] },
      { items: [{ kind: 'step', text: [{ kind: 'text', text: 'Ask Robin' }] }] },
      { blocks: [{ text: [{ kind: 'text', text: 'Northwind Outdoor' }] }] },
      { text: [{ kind: 'link', text: 'a&b #1', href: 'https://shop.test/?q=a%26b%20%231' }] },
    ],
  });
});

test.each([
  ['Write \\{\\{foo}} for {{ticket.id}}', 'Write {{foo}} for 42'],
  ['Write {&#123;foo}} for {{ticket.id}}', 'Write {{foo}} for 42'],
  ['Write {\\% if %} and {\\{x for {{- ticket.id -}} .', 'Write {% if %} and {{x for42.'],
])('braces that Markdown makes of %s stay as they are', (text, shown) => {
  expect(fill(text).blocks).toEqual([{ kind: 'paragraph', text: [{ kind: 'text', text: shown }] }]);
});

describe('done steps', () => {
  const TEXT = '- [ ] One\n  - [ ] Inside\n\n> - [ ] Quoted\n';
  const ids = stepsOf(readMarkdown(TEXT).guidance.blocks).map(({ id }) => id);
  const at = '2026-11-26T10:00:00.000Z';

  it('are marked wherever the steps are, with who and when', () => {
    const card = fill(TEXT, { ticks: new Map(ids.slice(1).map((id) => [id, { by: 'Tom Okafor', at }])) });
    expect(card).toMatchObject({ done: 2, steps: 3 });
    expect(stepsOf(card.blocks).map(({ doneBy, doneAt }) => [doneBy, doneAt])).toEqual([
      [null, null],
      ['Tom Okafor', at],
      ['Tom Okafor', at],
    ]);
  });

  it('that were removed do not count', () => {
    expect(fill(TEXT, { ticks: new Map([['gone', { by: 'Tom Okafor', at }]]) })).toMatchObject({ done: 0, steps: 3 });
  });
});
