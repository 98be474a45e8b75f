// Explains why this agent cannot move the ticket to a group.
import type { Way } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Subtle } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

/** Renders nothing if the ticket can be moved there. */
export function GroupProblem({ missingGroup, closedGroup }: Pick<Way, 'missingGroup' | 'closedGroup'>) {
  const { t } = useTexts(texts);
  if (missingGroup !== null) return <Subtle>{t('problem.no_such_group', { group: missingGroup })}</Subtle>;
  return closedGroup === null ? null : <Subtle>{t('problem.group_not_allowed', { group: closedGroup })}</Subtle>;
}
