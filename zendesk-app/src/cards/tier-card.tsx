// Where does this ticket belong, and why?

import type { TicketCard, TierCard as Tier } from '@deskwright/shared/contract';
import { Tag } from '@zendeskgarden/react-tags';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { Note } from '../parts/note.tsx';
import { Section } from '../parts/section.tsx';
import { Row, Stack, Subtle } from '../parts/text.tsx';
import { CorrectCategory } from './correct-category.tsx';
import { Correction } from './correction.tsx';
import { Why } from './why.tsx';

const Category = styled.span`
  margin-inline-start: 8px;
  font-size: ${({ theme }) => theme.fontSizes.lg};
  line-height: 24px;
`;

export function TierCard({ card }: { readonly card: TicketCard }) {
  const { t } = useWords();
  if (card.tier === null) {
    return (
      <Section title={t('tier.undecided_title')}>
        <Subtle role="status">{t('tier.undecided')}</Subtle>
      </Section>
    );
  }
  return <Decided tier={card.tier} criteria={card.escalation.criteria.filter(({ holds }) => holds === true)} />;
}

interface DecidedProps {
  readonly tier: Tier;
  readonly criteria: TicketCard['escalation']['criteria'];
}

function Decided({ tier, criteria }: DecidedProps) {
  const { t } = useWords();
  const title = (
    <>
      <Tag size="large" hue="blue">
        <span>{tier.tier.name}</span>
      </Tag>
      <Category>{tier.category.name}</Category>
    </>
  );
  return (
    <Section title={title}>
      <Stack $gap={6}>
        <p>{tier.sentence}</p>
        {criteria.map((criterion) => (
          <Note key={criterion.text} kind="warning">
            {t('tier.escalate_now', { criterion: criterion.text })}
          </Note>
        ))}
        {tier.correction === null ? null : <Correction correction={tier.correction} />}
        <Row>
          <Disclosure label={t('tier.why')}>
            <Why tier={tier} />
          </Disclosure>
          <CorrectCategory tier={tier} />
        </Row>
      </Stack>
    </Section>
  );
}
