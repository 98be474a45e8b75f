// Writes what concerns one department: tickets waiting there, hand-offs, and how soon it answers.
import type { QueueRow } from '@deskwright/shared/contract';
import type { Section } from '../engine/report.ts';
import { counted, writeDuration } from '../engine/words.ts';
import { reportFigure } from './figure-sentence.ts';
import { beforeLabel } from './period-sections.ts';
import type { SupportData } from './support-data.ts';

export function departmentSection(data: SupportData, { name, waiting, oldest, figures }: QueueRow): Section {
  const longest =
    oldest === null ? '' : `, the longest for ${writeDuration((data.now.getTime() - Date.parse(oldest)) / 1_000)}`;
  return {
    id: 'department',
    title: name,
    headline: `${counted(waiting, 'ticket waits', 'tickets wait')} for ${name}${longest}.`,
    blocks: [
      { kind: 'figures', figures: figures.map((figure) => reportFigure(figure, { before: beforeLabel(data) })) },
    ],
  };
}
