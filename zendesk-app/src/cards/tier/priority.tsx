// Shows why the ticket has its priority.
import type { Priority as Level, TierCard } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { SubTitle } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

interface PriorityProps {
  /** The ticket's own. Null: it has none. */
  readonly priority: Level | null;
  /** What the policy set. */
  readonly set: TierCard['priority'];
}

export function Priority({ priority, set }: PriorityProps) {
  const { t } = useTexts(texts);
  if (set === null) {
    return priority === null ? null : (
      <SubTitle>{t('why.priority_own', { priority: t(`priority.${priority}`) })}</SubTitle>
    );
  }
  const { value, reason } = set;
  if (value === null || reason.by !== 'trigger') return null;
  const values = { priority: t(`priority.${value}`), rule: reason.title };
  return <SubTitle>{value === priority ? t('why.priority', values) : t('why.priority_wanted', values)}</SubTitle>;
}
