// Makes the table of a chart's numbers, for whoever sees no picture.
import type { ReportChart, ReportTable } from './report.ts';
import { writeValue } from './words.ts';

export function tableOfChart({ labels, series, unit }: ReportChart): ReportTable {
  return {
    columns: [{ title: '' }, ...series.map(({ name }) => ({ title: name, isNumber: true }))],
    rows: labels.map((label, n) => [
      { text: label },
      ...series.map(({ values }) => {
        const value = values[n] ?? 0;
        return { text: writeValue(value, unit), value };
      }),
    ]),
  };
}
