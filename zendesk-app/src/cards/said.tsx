// What was said when the ticket was passed on?
import type { Escalation } from '@deskwright/shared/contract';
import styled from 'styled-components';

const List = styled.dl`
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: 18px;

  & dt { font-weight: ${({ theme }) => theme.fontWeights.semibold}; }
  & dd { white-space: pre-line; overflow-wrap: anywhere; }
`;

export function Said({ said }: Pick<Escalation, 'said'>) {
  if (said.length === 0) return null;
  return (
    <List>
      {said.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </List>
  );
}
