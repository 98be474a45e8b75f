// Renders the blocks of the guidance.
import type { GuidanceBlock, ListItem } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { color } from '../../base/theme/theme.ts';
import { SubTitle } from '../../base/ui/text.tsx';
import { CannedReply } from './canned-reply.tsx';
import { InlineText } from './inline-text.tsx';
import { StepCheckbox } from './step-checkbox.tsx';

const Column = styled.div`
  display: flex;
  flex-direction: column;
  gap: 8px;
`;

const Minor = styled.h4`
  font-size: ${({ theme }) => theme.fontSizes.sm};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  color: ${color('foreground.subtle')};
`;

const Items = styled.ul<{ $marked: boolean }>`
  display: flex;
  flex-direction: column;
  gap: 8px;
  padding-inline-start: ${({ $marked }) => ($marked ? '1.5em' : '0')};

  & > li[data-marked] { list-style: ${({ as }) => (as === 'ol' ? 'decimal' : 'disc')}; }
  & > li:not([data-marked]) { margin-inline-start: ${({ $marked }) => ($marked ? '-1.5em' : '0')}; inline-size: auto; }
  /* Keeps the full stop of "1." after the number. */
  [dir='rtl'] ol& > li[data-marked]::marker { content: '\\2066' counter(list-item) '.\\2069\\00a0'; }
`;

const Quote = styled.blockquote`
  padding-inline-start: 10px;
  border-inline-start: 3px solid ${color('border.default')};
  color: ${color('foreground.subtle')};
`;

export function Blocks({ blocks }: { readonly blocks: readonly GuidanceBlock[] }) {
  return (
    <Column>
      {blocks.map((block, at) => (
        // Blocks have no ids. Steps, which have state, are keyed by their ids below.
        <Block key={at} block={block} />
      ))}
    </Column>
  );
}

function Block({ block }: { readonly block: GuidanceBlock }) {
  switch (block.kind) {
    case 'heading': {
      const Heading = block.level === 2 ? SubTitle : Minor;
      return (
        <Heading>
          <InlineText text={block.text} />
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p>
          <InlineText text={block.text} />
        </p>
      );
    case 'list':
      return (
        <Items as={block.ordered ? 'ol' : 'ul'} $marked={block.items.some(({ kind }) => kind === 'item')}>
          {block.items.map((item, at) => (
            <Item key={item.kind === 'step' ? item.id : at} item={item} />
          ))}
        </Items>
      );
    case 'quote':
      return (
        <Quote>
          <Blocks blocks={block.blocks} />
        </Quote>
      );
    case 'reply':
      return <CannedReply text={block.text} />;
  }
}

function Item({ item }: { readonly item: ListItem }) {
  if (item.kind === 'step') {
    return (
      <li>
        <StepCheckbox step={item}>{item.blocks.length > 0 ? <Blocks blocks={item.blocks} /> : null}</StepCheckbox>
      </li>
    );
  }
  return (
    <li data-marked="">
      <InlineText text={item.text} />
      {item.blocks.length > 0 ? <Blocks blocks={item.blocks} /> : null}
    </li>
  );
}
