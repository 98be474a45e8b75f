// The question of a step that asks to confirm.
import styled from 'styled-components';

/** Give it `tabIndex={-1}` and the focus, which its button never gets by itself: a key held down would confirm it unread. */
export const Question = styled.p`
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  outline: none;
`;
