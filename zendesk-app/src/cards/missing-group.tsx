// Why can this agent not send a ticket there?
import type { Way } from '@deskwright/shared/contract';
import { useWords } from '../i18n/words-context.tsx';
import { Subtle } from '../parts/text.tsx';

/** Nothing where the ticket can go there. */
export function MissingGroup({ missingGroup, closedGroup }: Pick<Way, 'missingGroup' | 'closedGroup'>) {
  const { t } = useWords();
  if (missingGroup !== null) return <Subtle>{t('problem.no_such_group', { group: missingGroup })}</Subtle>;
  return closedGroup === null ? null : <Subtle>{t('problem.group_not_allowed', { group: closedGroup })}</Subtle>;
}
