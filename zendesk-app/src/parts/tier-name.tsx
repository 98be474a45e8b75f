// How is a tier's name shown, to be recognised from the corner of the eye?
import { Tag } from '@zendeskgarden/react-tags';
import styled from 'styled-components';

const Wide = styled(Tag)`
  max-inline-size: 100%;
  font-size: inherit;
`;

export function TierName({ children }: { readonly children: string }) {
  return (
    <Wide size="large" hue="blue" title={children}>
      <span>{children}</span>
    </Wide>
  );
}
