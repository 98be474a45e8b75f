// Writes a report as Markdown, which also reads well as plain text.
import { tableOfChart } from './chart-table.ts';
import { footOf, headOf } from './head.ts';
import type { Block, Report, ReportTable } from './report.ts';

export function writeMarkdown(report: Report): string {
  const { title, lines } = headOf(report);
  return [
    `# ${escaped(title)}`,
    lines.map(escaped).join('  \n'),
    bullets(report.summary),
    ...report.sections.flatMap(({ title, headline, blocks }) => [
      `## ${escaped(title)}`,
      ...(headline === null ? [] : [escaped(headline)]),
      ...blocks.map(writeBlock),
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

function writeBlock(block: Block): string {
  switch (block.kind) {
    case 'figures':
      return bullets(block.figures.map(({ sentence }) => sentence));
    case 'chart':
      return `${escaped(block.chart.title)}:\n\n${writeTable(tableOfChart(block.chart))}`;
    case 'table':
      return writeTable(block.table);
    case 'list':
      return bullets(block.items);
    case 'note':
      return `> ${escaped(block.text)}`;
  }
}

const bullets = (items: readonly string[]): string => items.map((item) => `- ${escaped(item)}`).join('\n');

function writeTable({ columns, rows }: ReportTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => inCell(title))),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(({ text }) => inCell(text)))),
  ].join('\n');
}

/** Names come from the policy and may have characters of Markdown in them; a line end would end a row. */
const inCell = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|]/g, '\\$&');

/** The same at the beginning of a line, where more has a meaning. */
const escaped = (text: string): string => inCell(text).replace(/^(?=[#+-])/, '\\');
