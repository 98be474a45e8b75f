// Reads a section as the viewer may see it.
import type { Queues, Rules, Trends } from '@deskwright/shared/contract';
import type { DashboardApiDeps, SharedSection } from '../api/dashboard-api-deps.ts';
import type { Asked } from '../api/dashboard-query.ts';
import type { Viewer } from '../api/viewer.ts';
import { readSkips } from './skips.ts';

export interface Sections {
  readonly trends: Trends;
  readonly queues: Queues;
  readonly rules: Rules;
}

/** What is the same for everybody is computed once for all of them. */
export async function readSection<Name extends SharedSection>(
  deps: DashboardApiDeps,
  name: Name,
  asked: Asked,
  viewer: Viewer,
): Promise<Sections[Name]> {
  const shared = (await deps.sections.get({ name, asked })) as Sections[Name];
  if (name === 'queues') return { ...shared, ...(await deps.turns(() => readSkips(deps, asked, viewer))) };
  if (viewer.kind === 'wall' && name === 'trends') return { ...shared, annotations: withoutTexts(shared as Trends) };
  return shared;
}

/** Leaders write them for the team, and may name customers or people. When it was, and what changed, is shown. */
const withoutTexts = ({ annotations }: Trends): Trends['annotations'] =>
  annotations.map((annotation) => (annotation.kind === 'mark' ? { ...annotation, text: '' } : annotation));
