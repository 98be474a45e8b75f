// When should a ticket be escalated, and does it apply to this one?
import type { Criterion } from '@deskwright/shared/contract';
import { Tag } from '@zendeskgarden/react-tags';
import alertWarning from '@zendeskgarden/svg-icons/src/16/alert-warning-stroke.svg?raw';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { Icon } from '../parts/icon.tsx';
import { Stack, SubTitle } from '../parts/text.tsx';

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 4px;
  padding-inline-start: 18px;

  & > li { list-style: disc; }
`;

const Applies = styled(Tag)`
  block-size: auto;
  white-space: normal;
  gap: 4px;
`;

export function Criteria({ criteria }: { readonly criteria: readonly Criterion[] }) {
  const { t } = useWords();
  if (criteria.length === 0) return null;
  return (
    <Stack $gap={4}>
      <SubTitle>{t('escalate.when')}</SubTitle>
      <List>
        {criteria.map(({ text, holds }) => (
          <li key={text}>
            {text}{' '}
            {holds === true ? (
              <Applies hue="yellow" size="small">
                <Icon svg={alertWarning} />
                <span>{t('escalate.applies')}</span>
              </Applies>
            ) : null}
          </li>
        ))}
      </List>
    </Stack>
  );
}
