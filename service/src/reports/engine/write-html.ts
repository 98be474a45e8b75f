// Writes a report as one HTML file that mail programs show as well as browsers.
import { createTemplates } from '../../platform/text-files/create-templates.ts';
import { drawChart } from './draw-chart.ts';
import { footOf, headOf, linkNumbers, linkTickets, type Piece, tableOfChart } from './parts.ts';
import type { Block, Report, ReportTable } from './report.ts';

const render = createTemplates('reports/engine/templates');

/** Styles are inline, because some mail programs drop the head; it loads nothing, runs no script, and every text is escaped. */
export function writeHtml(report: Report): string {
  return render('report', {
    ...headOf(report),
    summary: report.summary.map((sentence) => shown(linkNumbers(sentence, report.link))),
    link: report.link ?? '',
    sections: report.sections.map(({ title, headline, blocks }) => ({
      title,
      headline: headline === null ? [] : shown(linkNumbers(headline, report.link)),
      blocks: blocks.map((block) => valuesOf(block, report.link)),
    })),
    foot: footOf(report),
  });
}

/** Templates are strict: no address is an empty one. */
const shown = (pieces: readonly Piece[]): object[] => pieces.map(({ text, url }) => ({ text, url: url ?? '' }));

function valuesOf(block: Block, link: string | null): object {
  switch (block.kind) {
    case 'figures':
      return { kind: 'list', items: block.figures.map(({ sentence }) => shown(linkNumbers(sentence, link))) };
    case 'chart': {
      const { chart } = block;
      const table = alignedTable(tableOfChart(chart), link);
      return { kind: 'chart', title: chart.title, svg: drawChart(chart), table };
    }
    case 'table':
      return { kind: 'table', table: alignedTable(block.table, link) };
    case 'list': {
      const tickets = link === null ? [] : (block.tickets ?? []);
      return { kind: 'list', items: block.items.map((item) => shown(linkTickets(item, tickets))) };
    }
    case 'note':
      return block;
  }
}

/** Each cell with its column's alignment, which a template cannot look up. */
function alignedTable({ columns, rows }: ReportTable, link: string | null): object {
  return {
    columns: columns.map(({ title, isNumber = false }) => ({ title, isNumber })),
    rows: rows.map((row) =>
      row.map(({ text }, n) => {
        const isNumber = columns[n]?.isNumber ?? false;
        return { pieces: shown(isNumber ? linkNumbers(text, link) : [{ text, url: null }]), isNumber };
      }),
    ),
  };
}
