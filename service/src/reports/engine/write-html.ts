// Writes a report as one HTML file that mail programs show as well as browsers.
import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';
import { tableOfChart } from './chart-table.ts';
import { drawChart } from './draw-chart.ts';
import { footOf, headOf } from './head.ts';
import type { Block, Report, ReportTable } from './report.ts';

const templates = new Liquid({
  // Read from the source folder, like the migrations: `tsc` copies no templates to `dist`.
  root: fileURLToPath(new URL('../../../src/reports/engine/templates', import.meta.url)),
  extname: '.liquid',
  cache: true,
  outputEscape: 'escape',
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
});

/** Styles are inline, because some mail programs drop the head; it loads nothing, runs no script, and every text is escaped. */
export function writeHtml(report: Report): string {
  return templates.renderFileSync('report', {
    ...headOf(report),
    summary: report.summary,
    link: report.link ?? '',
    sections: report.sections.map(({ title, headline, blocks }) => ({
      title,
      headline: headline ?? '',
      blocks: blocks.map(valuesOf),
    })),
    foot: footOf(report),
  }) as string;
}

function valuesOf(block: Block): object {
  switch (block.kind) {
    case 'figures':
      return { kind: 'list', items: block.figures.map(({ sentence }) => sentence) };
    case 'chart': {
      const { chart } = block;
      return { kind: 'chart', title: chart.title, svg: drawChart(chart), table: alignedTable(tableOfChart(chart)) };
    }
    case 'table':
      return { kind: 'table', table: alignedTable(block.table) };
    case 'list':
    case 'note':
      return block;
  }
}

/** Each cell with its column's alignment, which a template cannot look up. */
function alignedTable({ columns, rows }: ReportTable): object {
  return {
    columns: columns.map(({ title, isNumber = false }) => ({ title, isNumber })),
    rows: rows.map((row) => row.map(({ text }, n) => ({ text, isNumber: columns[n]?.isNumber ?? false }))),
  };
}
