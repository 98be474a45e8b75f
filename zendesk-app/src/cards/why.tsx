// Which rule decided, what did it see, and which rule came nearest without deciding?
import type { ConditionTrace, Reason, TierCard } from '@deskwright/shared/contract';
import { useWords } from '../i18n/words-context.tsx';
import { Stack, SubTitle, Subtle } from '../parts/text.tsx';
import { Conditions } from './conditions.tsx';

export function Why({ tier }: { readonly tier: TierCard }) {
  const { t, format } = useWords();
  return (
    <Stack>
      <Because reason={tier.reason} category={tier.category.name} />
      {tier.policySaid === null ? null : (
        <Stack $gap={4}>
          <SubTitle>{t('why.policy_said', { category: tier.policySaid.category.name })}</SubTitle>
          <Because reason={tier.policySaid.reason} category={tier.policySaid.category.name} />
        </Stack>
      )}
      {tier.nearestMiss === null ? null : (
        <Stack $gap={4}>
          <SubTitle>{t('why.nearest', { rule: tier.nearestMiss.title })}</SubTitle>
          {/* What was missing first: that is what one asks of a rule that did not apply. */}
          <Conditions
            traces={tier.nearestMiss.missedBy.toSorted((one, other) => Number(one.held) - Number(other.held))}
          />
        </Stack>
      )}
      {tier.tier.handles === null ? null : (
        <Subtle>{t('why.handles', { tier: tier.tier.name, what: tier.tier.handles })}</Subtle>
      )}
      <Subtle>{t('why.decided', { when: format.dateTime(tier.decidedAt) })}</Subtle>
    </Stack>
  );
}

function Because({ reason, category }: { readonly reason: Reason; readonly category: string }) {
  const { t } = useWords();
  switch (reason.by) {
    case 'trigger':
      return (
        <Stack $gap={4}>
          <SubTitle>{t('why.rule', { rule: reason.title })}</SubTitle>
          <Fired conditions={reason.conditions} />
        </Stack>
      );
    // The card's sentence says it already.
    case 'human':
    case 'default':
      return null;
    case 'category':
      return <Subtle>{t('why.category', { category })}</Subtle>;
    case 'nothing':
      return <Subtle>{t('why.default', { category })}</Subtle>;
  }
}

/** Of a rule that applies, the wordings that were not found kept nothing from happening: they are counted, not listed. */
function Fired({ conditions }: { readonly conditions: readonly ConditionTrace[] }) {
  const { t } = useWords();
  const held = conditions.filter((one) => one.held && !one.inVain);
  const others = conditions.length - held.length;
  return (
    <>
      <Conditions traces={held} />
      {others === 0 ? null : <Subtle>{t('why.not_needed', { count: others })}</Subtle>}
    </>
  );
}
