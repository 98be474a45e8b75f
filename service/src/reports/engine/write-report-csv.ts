// Writes the numbers of a report as CSV.
import { type CsvValue, writeCsv } from '../../platform/text-files/csv.ts';
import type { Report, ReportChart, ReportTable, Section } from './report.ts';

const COLUMNS = ['section', 'item', 'column', 'value', 'unit', 'n', 'before', 'change', 'text'] as const;

/** One line a number, in the same columns for every report: durations in seconds, shares from 0 to 1. */
export function writeReportCsv(report: Report): string {
  return writeCsv(COLUMNS, report.sections.flatMap(linesOf));
}

type Line = readonly [section: string, ...CsvValue[]];

function linesOf({ id, blocks }: Section): Line[] {
  return blocks.flatMap((block): Line[] => {
    switch (block.kind) {
      case 'figures':
        return block.figures.map(({ name, value, sentence }) => [
          id,
          name,
          'value',
          value.value,
          value.unit,
          value.n,
          value.before?.value ?? null,
          value.change ?? null,
          sentence,
        ]);
      case 'chart':
        return ofChart(id, block.chart);
      case 'table':
        return ofTable(id, block.table);
      case 'list':
        return block.items.map((text, n) => textLine(id, String(n + 1), text));
      case 'note':
        return [textLine(id, 'note', block.text)];
    }
  });
}

function ofChart(id: string, { labels, series, unit }: ReportChart): Line[] {
  return labels.flatMap((label, n) =>
    series.map(({ name, values }): Line => [id, label, name, values[n] ?? null, unit, null, null, null, null]),
  );
}

function ofTable(id: string, { columns, rows }: ReportTable): Line[] {
  return rows.flatMap(([head, ...cells]) =>
    cells.map(
      ({ text, value }, n): Line => [
        id,
        head?.text ?? '',
        columns[n + 1]?.title ?? '',
        value ?? null,
        null,
        null,
        null,
        null,
        text,
      ],
    ),
  );
}

const textLine = (id: string, item: string, text: string): Line => [
  id,
  item,
  'text',
  null,
  null,
  null,
  null,
  null,
  text,
];
