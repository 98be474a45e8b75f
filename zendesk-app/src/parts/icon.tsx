// How is one of Garden's icons drawn?
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
 * Decoration only: what it means stands beside it in words.
 * @param svg the file's text, from `@zendeskgarden/svg-icons`, `?raw`; never anything else, since it is put in as markup
 */
export function Icon({ svg }: { readonly svg: string }) {
  return <Box aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />;
}
