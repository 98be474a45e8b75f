// The goodwill card: what is left of the agent's budget of today, what they may give, and what was given on the ticket.
import type { GoodwillCard as Goodwill, TicketCard } from '@deskwright/shared/contract';
import { useState } from 'react';
import type { CardDefinition } from '../../base/card-definition.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { useCanAct } from '../../base/ticket/sidebar-context.tsx';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Meter } from '../../base/ui/meter.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Row, Stack, Subtle } from '../../base/ui/text.tsx';
import { GiveForm } from './give-form.tsx';
import { Given } from './given.tsx';
import { texts } from './texts.ts';

function GoodwillCard({ card: { goodwill } }: { readonly card: TicketCard }) {
  const { t, format } = useTexts(texts);
  if (goodwill === null) return null;
  const { given, items, perDay, leftToday } = goodwill;
  // Who gives free accounts alone has no budget of a day.
  const label = perDay.minor > 0 ? t('left_today', { amount: format.money(leftToday) }) : t('title');
  return (
    <Section hiddenTitle title={t('title')}>
      <Stack $gap={4}>
        {given.length === 0 ? null : <Given given={given} />}
        {items.length === 0 ? null : (
          <Disclosure plain label={label}>
            <Catalogue goodwill={goodwill} />
          </Disclosure>
        )}
      </Stack>
    </Section>
  );
}

function Catalogue({ goodwill: { items, examples, perDay, leftToday } }: { readonly goodwill: Goodwill }) {
  const { t, format } = useTexts(texts);
  const canAct = useCanAct();
  const [chosenId, choose] = useState<string | null>(null);
  const chosen = items.find(({ id }) => id === chosenId);
  if (chosen !== undefined) return <GiveForm item={chosen} onClose={() => choose(null)} />;
  const used = { minor: perDay.minor - leftToday.minor, currency: perDay.currency };
  return (
    <Stack $gap={4}>
      {used.minor > 0 ? (
        <Meter
          label={t('meter')}
          value={used.minor}
          max={perDay.minor}
          text={t('used', { used: format.money(used), perDay: format.money(perDay) })}
        />
      ) : null}
      {examples.map((example) => (
        <Subtle key={example}>{example}</Subtle>
      ))}
      {items.map((item) => (
        <Row key={item.id}>
          <ActionButton disabled={!canAct || !item.isLeft} onClick={() => choose(item.id)}>
            {t('item', { name: item.name, value: format.money(item.value) })}
          </ActionButton>
          {item.leftThisMonth === null ? null : (
            <Subtle as="span">{t('left_this_month', { n: format.number(item.leftThisMonth) })}</Subtle>
          )}
        </Row>
      ))}
    </Stack>
  );
}

export const goodwillCard: CardDefinition = { texts, Card: GoodwillCard };
