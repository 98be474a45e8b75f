// Shows earlier moves of the ticket and the questions that the customer was already asked.
import type { EscalationCard } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { FormAnswers } from '../../base/ui/form-answers.tsx';
import { Stack, SubTitle, Subtle } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

export function AskedAlready({ asked }: Pick<EscalationCard, 'asked'>) {
  const { t } = useTexts(texts);
  if (asked.length === 0) return null;
  return (
    <Disclosure label={t('asked', { count: asked.length })}>
      <AskedList asked={asked} />
    </Disclosure>
  );
}

function AskedList({ asked }: Pick<EscalationCard, 'asked'>) {
  const { t, format } = useTexts(texts);
  return (
    <Stack as="ul" $gap={6}>
      {asked.map(({ text, by, at }) => (
        <li key={`${at} ${text}`}>
          {t('quoted', { text })}
          <Subtle>{by === null ? format.ago(at) : t('by_when', { by, when: format.ago(at) })}</Subtle>
        </li>
      ))}
    </Stack>
  );
}

export function MoveHistory({ history }: Pick<EscalationCard, 'history'>) {
  const { t, format } = useTexts(texts);
  if (history.length === 0) return null;
  const way = (from: string | null, to: string) => (from === null ? t('to', { to }) : t('from_to', { from, to }));
  return (
    <Disclosure label={t('history', { count: history.length })}>
      <Stack as="ol" $gap={12}>
        {history.map(({ id, how, from, to, by, at, said }) => (
          <li key={id}>
            <SubTitle>{how === 'back' ? t('handed_back', { move: way(from, to) }) : way(from, to)}</SubTitle>
            <Subtle>{t('by_when', { by, when: format.dateTime(at) })}</Subtle>
            <FormAnswers answers={said} />
          </li>
        ))}
      </Stack>
    </Disclosure>
  );
}
