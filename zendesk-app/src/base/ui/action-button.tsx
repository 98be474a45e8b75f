// Buttons whose labels may be long or large.
import { Button } from '@zendeskgarden/react-buttons';
import styled from 'styled-components';

/** Garden's small button, but as high as its label needs: German labels are longer, and some people zoom text to 200 %. */
export const ActionButton = styled(Button).attrs({ size: 'small' })`
  block-size: auto;
  min-block-size: 32px;
  padding-block: 5px;
  line-height: 1.43;
  white-space: normal;
`;

/** A button that looks like a link, in the size of the text around it. */
export const LinkButton = styled(Button).attrs({ isLink: true })`
  font-size: inherit;
  line-height: inherit;
  text-align: start;
  white-space: normal;
`;
