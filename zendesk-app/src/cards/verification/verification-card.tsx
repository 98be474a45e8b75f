// The verification card: whether the customer is verified, how and until when, and the ways to verify them.
import type { TicketCard, VerificationCard as Verification } from '@deskwright/shared/contract';
import type { CardDefinition } from '../../base/card-definition.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { CodeForm } from './code-form.tsx';
import { QuestionsForm } from './questions-form.tsx';
import { texts } from './texts.ts';

function VerificationCard({ card }: { readonly card: TicketCard }) {
  const { t, format } = useTexts(texts);
  const { now } = useSidebar();
  const { verification, rights, ticket } = card;
  if (verification == null) return null;
  const isOver = (at: string) => Date.parse(at) <= now();
  const verified =
    verification.verified !== null && !isOver(verification.verified.until) ? verification.verified : null;
  const lockedUntil =
    verification.lockedUntil !== null && !isOver(verification.lockedUntil) ? verification.lockedUntil : null;
  const mayTry = rights.edit && rights.onlyWatching !== true && !ticket.closed && lockedUntil === null;
  return (
    <Section hiddenTitle title={t('title')}>
      <Stack $gap={4}>
        {verified === null ? (
          <NotVerified ways={mayTry ? verification : null} />
        ) : (
          <div>
            <strong>{t('verified', { until: format.dateTime(verified.until) })}</strong>
            <Subtle>{t(`by.${verified.method}`, { by: verified.by, when: format.ago(verified.at) })}</Subtle>
          </div>
        )}
        {lockedUntil === null ? null : <div>{t('locked', { until: format.dateTime(lockedUntil) })}</div>}
      </Stack>
    </Section>
  );
}

/** In one line, as most tickets need no verification. */
function NotVerified({ ways }: { readonly ways: Verification | null }) {
  const { t } = useTexts(texts);
  return ways === null || (ways.code === null && ways.questions.length === 0) ? (
    <div>{t('not_verified')}</div>
  ) : (
    <Disclosure label={t('not_verified')}>
      <Stack $gap={4}>
        <Ways verification={ways} />
      </Stack>
    </Disclosure>
  );
}

function Ways({ verification: { code, questions } }: { readonly verification: Verification }) {
  const { t } = useTexts(texts);
  return (
    <>
      {code === null ? null : (
        <Disclosure label={t('by_code')}>
          <CodeForm code={code} />
        </Disclosure>
      )}
      {questions.length === 0 ? null : (
        <Disclosure label={t('by_questions')}>
          <QuestionsForm questions={questions} />
        </Disclosure>
      )}
    </>
  );
}

export const verificationCard: CardDefinition = { texts, Card: VerificationCard };
