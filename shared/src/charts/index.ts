// Exports the geometry of charts, which the dashboard draws with React and reports draw as text.
export type { Frame, Plot, Tick } from './frame.ts';
export type { Bar, ColumnLayout } from './lay-out-bars.ts';
export { layOutColumns, layOutRows } from './lay-out-bars.ts';
export type { LineLayout, LinePoint } from './lay-out-lines.ts';
export { layOutLines } from './lay-out-lines.ts';
export { layOutSparkline } from './lay-out-sparkline.ts';
