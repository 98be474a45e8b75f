// Shows which policy trigger decided and why, and the one that came closest.
import type { ConditionTrace, Priority as Level, Reason, TierCard } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Stack, SubTitle, Subtle } from '../../base/ui/text.tsx';
import { Conditions } from './conditions.tsx';
import { Priority } from './priority.tsx';
import { Quote } from './quote.tsx';
import { texts } from './texts.ts';

const Sentence = styled.p`
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;
`;

interface WhyProps {
  readonly tier: TierCard;
  /** The ticket's own. */
  readonly priority: Level | null;
}

export function Why({ tier, priority }: WhyProps) {
  const { t, format } = useTexts(texts);
  return (
    <Stack>
      {tier.quote.length === 0 ? null : (
        <Stack $gap={4}>
          <SubTitle>{t('why.quote')}</SubTitle>
          {tier.quote.map((sentence, at) => (
            // A sentence has no id; its position identifies it.
            <Sentence key={at} dir="auto">
              <Quote sentence={sentence} />
            </Sentence>
          ))}
        </Stack>
      )}
      <Explanation reason={tier.reason} category={tier.category.name} />
      <Priority priority={priority} set={tier.priority} />
      {tier.policySaid === null ? null : (
        <Stack $gap={4}>
          <SubTitle>{t('why.policy_said', { category: tier.policySaid.category.name })}</SubTitle>
          <Explanation reason={tier.policySaid.reason} category={tier.policySaid.category.name} />
        </Stack>
      )}
      {tier.nearestMiss === null ? null : (
        <Stack $gap={4}>
          <SubTitle>{t('why.nearest', { rule: tier.nearestMiss.title })}</SubTitle>
          {/* Unmet conditions first: they are why the trigger did not apply. */}
          <Conditions
            traces={tier.nearestMiss.missedBy.toSorted((one, other) => Number(one.held) - Number(other.held))}
          />
        </Stack>
      )}
      {tier.tier.handles === null ? null : (
        <Subtle>{t('why.handles', { tier: tier.tier.name, what: tier.tier.handles })}</Subtle>
      )}
      <Subtle title={format.dateTime(tier.decidedAt)}>{t('why.decided', { when: format.ago(tier.decidedAt) })}</Subtle>
    </Stack>
  );
}

function Explanation({ reason, category }: { readonly reason: Reason; readonly category: string }) {
  const { t } = useTexts(texts);
  switch (reason.by) {
    case 'trigger':
      return (
        <Stack $gap={4}>
          <SubTitle>{t('why.rule', { rule: reason.title })}</SubTitle>
          <MetConditions conditions={reason.conditions} />
        </Stack>
      );
    // The card's sentence already says it.
    case 'human':
    case 'default':
      return null;
    case 'category':
      return <Subtle>{t('why.category', { category })}</Subtle>;
    case 'nothing':
      return <Subtle>{t('why.default', { category })}</Subtle>;
  }
}

/** Of a trigger that applied, the conditions that it did not need are only counted. */
function MetConditions({ conditions }: { readonly conditions: readonly ConditionTrace[] }) {
  const { t } = useTexts(texts);
  const held = conditions.filter((one) => one.held && !one.inVain);
  const others = conditions.length - held.length;
  return (
    <>
      <Conditions traces={held} />
      {others === 0 ? null : <Subtle>{t('why.not_needed', { count: others })}</Subtle>}
    </>
  );
}
