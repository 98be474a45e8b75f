// Shows the name of a tier as a coloured tag.
import { Tag } from '@zendeskgarden/react-tags';
import styled from 'styled-components';

const Wide = styled(Tag)`
  max-inline-size: 100%;
  font-size: ${({ theme }) => theme.fontSizes.sm};
`;

export function TierName({ children }: { readonly children: string }) {
  return (
    <Wide forwardedAs="span" hue="blue" title={children}>
      <span>{children}</span>
    </Wide>
  );
}
