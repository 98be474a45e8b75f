// The card of approvals: requests on this ticket, an answer to them, and a form that asks for more than the limit.
import type { RefundApproval, TicketCard } from '@deskwright/shared/contract';
import type { CardDefinition } from '../../base/card-definition.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { describeInstrument } from '../../base/ui/describe-instrument.ts';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { AnswerForm } from './answer-form.tsx';
import { AskForm } from './ask-form.tsx';
import { texts } from './texts.ts';

function ApprovalsCard({ card: { refund, refundApprovals } }: { readonly card: TicketCard }) {
  const { t, format } = useTexts(texts);
  const { here, elsewhere } = refundApprovals;
  const isAsked = here.some(({ state, payment }) => state === 'open' && payment === null);
  const mayAsk = refund?.mayAsk === true && !isAsked;
  if (here.length === 0 && elsewhere.length === 0 && !mayAsk) return null;
  const which = elsewhere.map(({ ticketId, amount }) => `#${ticketId} (${format.money(amount)})`).join(', ');
  return (
    <Section hiddenTitle title={t('title')}>
      <Stack $gap={4}>
        {here.map((request) => (
          <Request key={request.id} request={request} />
        ))}
        {elsewhere.length === 0 ? null : <Subtle>{t('elsewhere', { which })}</Subtle>}
        {mayAsk ? (
          <Disclosure label={t('ask_title')}>
            {refund.isAnyDisputed ? (
              <Note kind="warning">{t('ask_disputed')}</Note>
            ) : (
              <AskForm
                currency={refund.upTo.currency}
                reasonCodes={refund.reasonCodes}
                needsPayment={refund.needsPayment}
              />
            )}
          </Disclosure>
        ) : null}
      </Stack>
    </Section>
  );
}

function Request({ request }: { readonly request: RefundApproval }) {
  const { t } = useTexts(texts);
  const canAct = useCanAct();
  const action = useAction();
  const { id, payment, reason, reasonCode, answer, mayAnswer, mayWithdraw } = request;
  return (
    <div>
      {useDescription(request)}{' '}
      {mayWithdraw ? (
        <LinkButton
          disabled={!canAct}
          onClick={() => void action.run({ method: 'DELETE', path: `refund-approvals/${id}` }, t('taken_back'))}
        >
          {t('take_back')}
        </LinkButton>
      ) : null}
      {payment === null ? null : (
        <Subtle>
          {'order' in payment
            ? t('order', { order: payment.order })
            : payment.isGone
              ? t('payment_gone')
              : describeInstrument(payment.instrument)}
        </Subtle>
      )}
      {reasonCode == null ? null : <Subtle>{reasonCode}</Subtle>}
      {reason === null ? null : <Subtle>{reason}</Subtle>}
      {answer?.why == null ? null : <Subtle>{answer.why}</Subtle>}
      {mayAnswer ? <AnswerForm request={request} /> : null}
      {action.problem === null ? null : (
        <Note kind="danger" live>
          {action.problem}
        </Note>
      )}
    </div>
  );
}

function useDescription({ amount: asked, granted, by, until, state, isEscalated, answer }: RefundApproval): string {
  const { t, format } = useTexts(texts);
  const amount = format.money(asked);
  const answered = { amount, by: answer?.by ?? '', when: answer === null ? '' : format.ago(answer.at) };
  switch (state) {
    case 'open':
      return t(isEscalated ? 'asked_escalated' : 'asked', { by, amount, until: format.dateTime(until) });
    case 'approved':
      return t('approved', { ...answered, granted: format.money(granted ?? asked) });
    case 'declined':
      return t('declined', answered);
    case 'expired':
    case 'withdrawn':
      return t(state, { amount });
  }
}

export const approvalsCard: CardDefinition = { texts, Card: ApprovalsCard };
