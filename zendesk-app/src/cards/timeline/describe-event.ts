// Describes in the agent's language what happened.
import type { TimelineEntry } from '@deskwright/shared/contract';
import type { TextsOf } from '../../base/i18n/texts-context.tsx';
import type { texts } from './texts.ts';

export function describeEvent({ t, format }: TextsOf<typeof texts>, entry: TimelineEntry): string {
  switch (entry.kind) {
    case 'opened':
    case 'solved':
      return t(`event.${entry.kind}`, { subject: entry.subject });
    case 'answered': {
      const { survey, score, outOf } = entry;
      return t('event.answered', {
        survey: survey.toUpperCase(),
        score: format.number(score),
        outOf: format.number(outOf),
      });
    }
    case 'refunded':
    case 'refund_reversed':
    case 'refunded_outside':
      return [t(`event.${entry.kind}`, { amount: format.money(entry.amount) }), entry.reasonCode ?? null]
        .filter((part) => part !== null)
        .join(' · ');
    case 'goodwill_given':
    case 'goodwill_taken_back':
      return t(`event.${entry.kind}`, { item: entry.item, value: format.money(entry.value) });
    case 'verified':
    case 'verification_locked':
      return t(`event.${entry.kind}`);
    case 'looked_up':
      return t('event.looked_up', { tool: entry.tool });
    case 'tool_run':
      return t(`event.tool_${entry.state}`, { tool: entry.tool });
  }
}
