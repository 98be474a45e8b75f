// Writes a report as Markdown, which also reads well as plain text.
import { footOf, headOf, linkNumbers, linkTickets, type Piece, tableOfChart } from './parts.ts';
import type { Block, Report, ReportTable } from './report.ts';

/** `isLinked` false: for plain text, in which an address after each number could not be read. The dashboard's address stands at the end. */
export function writeMarkdown(report: Report, { isLinked = true } = {}): string {
  const { title, lines } = headOf(report);
  const link = isLinked ? report.link : null;
  return [
    `# ${escaped(title)}`,
    lines.map(escaped).join('  \n'),
    bullets(report.summary, (sentence) => opened(sentence, link)),
    ...report.sections.flatMap(({ title, headline, blocks }) => [
      `## ${escaped(title)}`,
      ...(headline === null ? [] : [opened(headline, link)]),
      ...blocks.map((block) => writeBlock(block, link)),
    ]),
    '---',
    [...(report.link === null ? [] : [`[Open the dashboard](${report.link})`]), ...footOf(report).map(escaped)].join(
      '  \n',
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function writeBlock(block: Block, link: string | null): string {
  switch (block.kind) {
    case 'figures':
      return bullets(
        block.figures.map(({ sentence }) => sentence),
        (sentence) => opened(sentence, link),
      );
    case 'chart':
      return `${escaped(block.chart.title)}:\n\n${writeTable(tableOfChart(block.chart), link)}`;
    case 'table':
      return writeTable(block.table, link);
    case 'list':
      return bullets(block.items, (item) => written(linkTickets(item, link === null ? [] : (block.tickets ?? []))));
    case 'note':
      return `> ${escaped(block.text)}`;
  }
}

const bullets = (items: readonly string[], linked: (item: string) => string): string =>
  items.map((item) => `- ${linked(item)}`).join('\n');

/** A link behind each text, not around it: reports are also read where Markdown is not shown as such. */
const opened = (text: string, link: string | null): string =>
  linkNumbers(text, link)
    .map(({ text: words, url }) => `${escaped(words)}${url === null ? '' : ` [Open](${url})`}`)
    .join('');

const written = (pieces: readonly Piece[]): string =>
  pieces
    .map(({ text, url }, n) => {
      if (url !== null) return `[${inCell(text)}](${url})`;
      return n === 0 ? escaped(text) : inCell(text);
    })
    .join('');

function writeTable({ columns, rows }: ReportTable, link: string | null): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const more = link === null || !columns.some(({ isNumber }) => isNumber) ? [] : [`[Open](${link})`];
  return [
    line([...columns.map(({ title }) => inCell(title)), ...more.map(() => '')]),
    line([...columns.map(({ isNumber }) => (isNumber ? '---:' : '---')), ...more.map(() => '---')]),
    ...rows.map((row) => line([...row.map(({ text }) => inCell(text)), ...more])),
  ].join('\n');
}

/** Names come from the policy and may have characters of Markdown in them; a line end would end a row. */
const inCell = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|]/g, '\\$&');

/** The same at the beginning of a line, where more has a meaning. */
const escaped = (text: string): string => inCell(text).replace(/^(?=[#+-])/, '\\');
