// How much may be refunded here, by this agent, today?
import type { RefundCard as Refund } from '@deskwright/shared/contract';
import { useWords, type Words } from '../i18n/words-context.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { Meter } from '../parts/meter.tsx';
import { Section } from '../parts/section.tsx';
import { Stack, Subtle } from '../parts/text.tsx';

export function RefundCard({ refund }: { readonly refund: Refund }) {
  const words = useWords();
  const { t, format } = words;
  const none = nothingWords(words, refund);
  if (none !== null) {
    return (
      <Section title={t('refund.title')}>
        <Stack $gap={4}>
          <p>{none}</p>
          <Subtle>{becauseOfNothing(words, refund)}</Subtle>
        </Stack>
      </Section>
    );
  }
  const used = { used: format.money(refund.usedToday), perDay: format.money(refund.perDay) };
  return (
    <Section quiet title={t('refund.title')}>
      <Stack $gap={6}>
        <Facts>
          <Fact name={t('refund.up_to')} value={format.money(refund.upTo)} />
          <Fact name={t('refund.left_today')} value={format.money(refund.leftToday)} />
        </Facts>
        {/* Empty it would say that nothing was refunded today. All that is known is that nothing was recorded here. */}
        {refund.usedToday.minor === 0 ? null : (
          <Meter
            label={t('refund.meter')}
            value={refund.usedToday.minor}
            max={refund.perDay.minor}
            text={t('refund.used', used)}
          />
        )}
        <Subtle>{t('refund.counted')}</Subtle>
        <Subtle>{details(words, refund).join(' ')}</Subtle>
      </Stack>
    </Section>
  );
}

function isUsedUp({ upTo, perRefund, perDay }: Refund): boolean {
  return upTo.minor === 0 && perRefund.minor > 0 && perDay.minor > 0;
}

/** Null where something may be refunded. A zero is always said in words, and says whom to ask. */
function nothingWords({ t, format }: Words, refund: Refund): string | null {
  if (refund.upTo.minor > 0) return null;
  const ask = refund.approvers.length > 0 ? { who: format.either(refund.approvers) } : null;
  if (isUsedUp(refund)) {
    const perDay = format.money(refund.perDay);
    return ask === null ? t('refund.used_up', { perDay }) : t('refund.used_up_ask', { perDay, ...ask });
  }
  return ask === null ? t('refund.none') : t('refund.none_ask', ask);
}

/** What was counted matters where the count is why. */
function becauseOfNothing(words: Words, refund: Refund): string {
  const why = because(words, refund);
  return isUsedUp(refund) ? `${why} ${words.t('refund.counted')}` : why;
}

function details(words: Words, refund: Refund): string[] {
  const { t, format } = words;
  const approve = refund.approvers.length > 0 ? [t('refund.above', { who: format.either(refund.approvers) })] : [];
  const verify = refund.verifyAbove === null ? [] : [t('refund.verify', { amount: format.money(refund.verifyAbove) })];
  return [...approve, ...verify, because(words, refund)];
}

function because({ t, format }: Words, { because: why, perRefund }: Refund): string {
  const limit = format.money(perRefund);
  switch (why.by) {
    case 'agent':
      return t('refund.by_agent', { limit });
    case 'tier':
      return t('refund.by_tier', { tier: why.tierName, limit });
    case 'default':
      return t('refund.by_default');
  }
}
