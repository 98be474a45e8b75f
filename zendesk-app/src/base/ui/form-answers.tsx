// Lists what an agent filled in when escalating or handing off a ticket.
import type { Escalation } from '@deskwright/shared/contract';
import styled from 'styled-components';

const List = styled.dl`
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;

  & dt { font-weight: ${({ theme }) => theme.fontWeights.semibold}; }
  & dd { white-space: pre-line; overflow-wrap: anywhere; }
`;

export function FormAnswers({ answers }: { readonly answers: Escalation['said'] }) {
  if (answers.length === 0) return null;
  return (
    <List>
      {answers.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </List>
  );
}
