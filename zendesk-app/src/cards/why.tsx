// Which rule decided, what did it see, and which rule came nearest without deciding?
import type { TierCard } from '@deskwright/shared/contract';
import { useWords } from '../i18n/words-context.tsx';
import { Stack, SubTitle, Subtle } from '../parts/text.tsx';
import { Conditions } from './conditions.tsx';

export function Why({ tier }: { readonly tier: TierCard }) {
  const { t, format } = useWords();
  return (
    <Stack>
      <Reason tier={tier} />
      {tier.nearestMiss === null ? null : (
        <Stack $gap={4}>
          <SubTitle>{t('why.nearest', { rule: tier.nearestMiss.title })}</SubTitle>
          <Conditions traces={tier.nearestMiss.missedBy} />
        </Stack>
      )}
      {tier.tier.handles === null ? null : (
        <Subtle>{t('why.handles', { tier: tier.tier.name, what: tier.tier.handles })}</Subtle>
      )}
      <Subtle>{t('why.decided', { when: format.dateTime(tier.decidedAt) })}</Subtle>
    </Stack>
  );
}

function Reason({ tier }: { readonly tier: TierCard }) {
  const { t } = useWords();
  const { reason } = tier;
  switch (reason.by) {
    case 'trigger':
      return (
        <Stack $gap={4}>
          <SubTitle>{t('why.rule', { rule: reason.title })}</SubTitle>
          <Conditions traces={reason.conditions} />
        </Stack>
      );
    // The card's sentence says it already.
    case 'human':
    case 'default':
      return null;
    case 'category':
      return <Subtle>{t('why.category', { category: tier.category.name })}</Subtle>;
    case 'nothing':
      return <Subtle>{t('why.default', { category: tier.category.name })}</Subtle>;
  }
}
