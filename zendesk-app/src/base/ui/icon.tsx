// Renders one of Garden's icons.
import styled from 'styled-components';

const Box = styled.span`
  display: inline-flex;
  flex: none;
  block-size: 1em;
  inline-size: 1em;
  font-size: 12px;
  vertical-align: -1px;

  & > svg { inline-size: 100%; block-size: 100%; }
`;

/**
 * Decorative: a text beside it says the same.
 * @param svg the text of a file from `@zendeskgarden/svg-icons`, imported with `?raw`; it is inserted as markup, so never user input
 */
export function Icon({ svg }: { readonly svg: string }) {
  return <Box aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />;
}
