// Shows in one line how long the customer has waited, the ticket's place and whether a reply is late, and the details of each.
import type { Target, TicketCard, Waiting } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { describeBusinessTime, describeDuration } from '../../base/i18n/describe-duration.ts';
import { type TextsOf, useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

const MINUTE = 60_000;

const BAND = {
  incident: 'band.incident',
  urgent: 'band.urgent',
  over_target: 'band.over_target',
  risen: 'band.risen',
  rest: 'band.rest',
} as const;

export const Late = styled.strong`
  color: ${color('foreground.danger')};
`;

interface WaitingLineProps {
  readonly waiting: Waiting;
  readonly tier: TicketCard['tier'];
  /** False: a department has the ticket. The policy's reply targets apply to tiers only. */
  readonly withTier: boolean;
}

export function WaitingLine({ waiting, tier, withTier }: WaitingLineProps) {
  const { t, format } = useTexts(texts);
  const { now } = useSidebar();
  const { place, target } = waiting;
  // While another tier has the ticket, its position in this tier's queue means nothing.
  const placed = place !== null && tier?.heldBy == null;
  const parts = [
    t('waiting', { span: format.duration(waiting.calendarMs) }),
    ...(placed ? [t('place', { count: place, ordinal: true, of: format.number(waiting.of) })] : []),
  ];
  const left = target === null ? 0 : Date.parse(target.dueAt) - now();
  const span = format.duration(Math.abs(left));
  return (
    <span>
      {parts.join(' · ')}
      {target === null || !withTier ? null : (
        <> · {target.missed ? <Late>{t('late', { span })}</Late> : t('due', { span })}</>
      )}
    </span>
  );
}

export function WaitingDetails({ waiting, withTier }: Pick<WaitingLineProps, 'waiting' | 'withTier'>) {
  const queueTexts = useTexts(texts);
  const { t, format } = queueTexts;
  const { now } = useSidebar();
  const { since, calendarMs, businessMs, band, chasers, target } = waiting;
  const business = calendarMs < MINUTE ? [] : [describeBusinessTime(t, businessMs)];
  return (
    <Stack $gap={2}>
      <Subtle>{[t('since', { when: format.dateTime(since) }), ...business].join(' · ')}</Subtle>
      {target === null || !withTier ? null : (
        <>
          <Subtle>{describeTarget(queueTexts, target, now())}</Subtle>
          {target.because === null ? null : <Subtle>{target.because}</Subtle>}
        </>
      )}
      {band === undefined || !withTier ? null : <Subtle>{t(BAND[band])}</Subtle>}
      {chasers === 0 || !withTier ? null : <Subtle>{t('chasers', { count: chasers })}</Subtle>}
    </Stack>
  );
}

function describeTarget({ t, format }: TextsOf<typeof texts>, target: Target, now: number): string {
  const values = {
    within: describeDuration({ t, format }, target.within),
    when: format.clock(target.dueAt),
    span: format.duration(Math.abs(Date.parse(target.dueAt) - now)),
  };
  return target.missed ? t(`target.${target.kind}_overdue`, values) : t(`target.${target.kind}_due`, values);
}
