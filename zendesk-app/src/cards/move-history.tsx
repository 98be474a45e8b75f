// What happened to the ticket before, and what was the customer asked already?
import type { EscalationCard } from '@deskwright/shared/contract';
import { useWords } from '../i18n/words-context.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { Stack, SubTitle, Subtle } from '../parts/text.tsx';
import { Said } from './said.tsx';

export function AskedAlready({ asked }: Pick<EscalationCard, 'asked'>) {
  const { t } = useWords();
  if (asked.length === 0) return null;
  return (
    <Disclosure label={t('escalate.asked', { count: asked.length })}>
      <AskedList asked={asked} />
    </Disclosure>
  );
}

function AskedList({ asked }: Pick<EscalationCard, 'asked'>) {
  const { t, format } = useWords();
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
  const { t, format } = useWords();
  if (history.length === 0) return null;
  return (
    <Disclosure label={t('escalate.history', { count: history.length })}>
      <Stack as="ol" $gap={12}>
        {history.map(({ id, from, to, by, at, said }) => (
          <li key={id}>
            <SubTitle>{from === null ? t('escalate.to', { to }) : t('escalate.from_to', { from, to })}</SubTitle>
            <Subtle>{t('by_when', { by, when: format.dateTime(at) })}</Subtle>
            <Said said={said} />
          </li>
        ))}
      </Stack>
    </Disclosure>
  );
}
