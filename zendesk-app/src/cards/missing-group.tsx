// Why can a ticket not be sent there?
import { useWords } from '../i18n/words-context.tsx';
import { Subtle } from '../parts/text.tsx';

/** @param group by its name in the policy; null: Zendesk has it */
export function MissingGroup({ group }: { readonly group: string | null }) {
  const { t } = useWords();
  return group === null ? null : <Subtle>{t('problem.no_such_group', { group })}</Subtle>;
}
