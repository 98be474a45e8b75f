// Shows the guidance of one category with its progress.
import type { FoundValues as Found, GuidanceCard as Guidance, GuidanceBlock } from '@deskwright/shared/contract';
import type { ReactNode } from 'react';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/theme.ts';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Row, Stack, Subtle } from '../../base/ui/text.tsx';
import { FoundValues } from './found-values.tsx';
import { Blocks } from './guidance-blocks.tsx';
import { texts } from './texts.ts';

const Bar = styled.div`
  block-size: 4px;
  border-radius: 2px;
  background: ${color('border.subtle')};
  overflow: hidden;

  & > div { block-size: 100%; background: ${color('border.successEmphasis')}; transition: inline-size 0.2s ease-out; }
`;

interface GuidanceSectionProps {
  /** Null: the policy has no guidance for this category. */
  readonly guidance: Guidance | null;
  readonly toneOfVoice: string | null;
  /** Beside the title, and what it opens below. */
  readonly search?: { readonly button: ReactNode; readonly panel: ReactNode; readonly onEscape: (() => void) | null };
  readonly found?: readonly Found[];
}

export function GuidanceSection({ guidance, toneOfVoice, search, found = [] }: GuidanceSectionProps) {
  const { t } = useTexts(texts);
  const counted = guidance !== null && guidance.steps > 0;
  const { general, blocks } = separateGeneral(guidance);
  return (
    <Section
      title={t('title')}
      {...(search === undefined ? {} : { onEscape: search.onEscape })}
      aside={
        <Row>
          {counted ? <span>{t('progress', { done: guidance.done, steps: guidance.steps })}</span> : null}
          {search?.button}
        </Row>
      }
    >
      <Stack>
        {counted ? (
          <Bar aria-hidden="true">
            <div style={{ inlineSize: `${(guidance.done / guidance.steps) * 100}%` }} />
          </Bar>
        ) : null}
        {search?.panel}
        <FoundValues found={found} />
        {guidance === null ? <Subtle>{t('none')}</Subtle> : <Blocks blocks={blocks} />}
        {general.length === 0 && toneOfVoice === null ? null : (
          <Disclosure label={t('general')}>
            <Blocks blocks={general} />
            {toneOfVoice === null ? null : <Subtle>{t('tone', { tone: toneOfVoice })}</Subtle>}
          </Disclosure>
        )}
      </Stack>
    </Section>
  );
}

/** The paragraphs above the steps are the same on every ticket of the category, so they are folded away below the steps. */
function separateGeneral(guidance: Guidance | null): Record<'general' | 'blocks', readonly GuidanceBlock[]> {
  const all = guidance?.blocks ?? [];
  const first = guidance === null || guidance.steps === 0 ? 0 : all.findIndex(({ kind }) => kind !== 'paragraph');
  return { general: all.slice(0, Math.max(0, first)), blocks: all.slice(Math.max(0, first)) };
}
