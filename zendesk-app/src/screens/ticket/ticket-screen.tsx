// The screen beside a saved ticket: its cards, or why they cannot be shown.
import type { CardRights, TicketCard } from '@deskwright/shared/contract';
import type { ReactNode } from 'react';
import type { CardDefinition } from '../../base/card-definition.ts';
import { Loading } from '../../base/layout/loading.tsx';
import { useTicketView, WarningsProvider } from '../../base/ticket/sidebar-context.tsx';
import { Colleagues } from './colleagues.tsx';
import { NewMessage } from './new-message.tsx';
import { ProblemLine, ReadOnlyLine } from './problem-line.tsx';
import { ProblemScreen } from './problem-screen.tsx';

interface TicketScreenProps {
  readonly cards: readonly CardDefinition[];
}

export function TicketScreen({ cards }: TicketScreenProps) {
  const { card, problem } = useTicketView();
  if (card === null) return problem === null ? <Loading /> : <ProblemScreen problem={problem} />;
  const readOnly = card.ticket.closed ? 'closed' : readOnlyBecause(card.rights);
  return (
    <>
      <NewMessage card={card} />
      <Colleagues />
      {problem === null ? null : <ProblemLine problem={problem} asOf={card.asOf} />}
      {readOnly === null ? null : <ReadOnlyLine because={readOnly} />}
      <Cards cards={cards} card={card} />
    </>
  );
}

function readOnlyBecause({ edit, onlyWatching }: CardRights): 'only_watching' | 'read_only' | null {
  if (onlyWatching) return 'only_watching';
  return edit ? null : 'read_only';
}

function Cards({ cards, card }: TicketScreenProps & { readonly card: TicketCard }) {
  const warnings = (['Warning', 'BelowWarnings'] as const).flatMap((part) =>
    cards.map(({ texts, [part]: Part }) =>
      Part === undefined ? null : <Part key={`${part} ${texts.name}`} card={card} />,
    ),
  );
  const content: ReactNode = (
    <WarningsProvider value={warnings}>
      {cards.map(({ texts, Card }) => (
        <Card key={texts.name} card={card} />
      ))}
    </WarningsProvider>
  );
  return cards.reduceRight(
    (children, { Provider }) => (Provider === undefined ? children : <Provider card={card}>{children}</Provider>),
    content,
  );
}
