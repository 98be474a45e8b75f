// What is to be done next?
import type { GuidanceCard as Guidance } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useWords } from '../i18n/words-context.tsx';
import { Section } from '../parts/section.tsx';
import { Stack, Subtle } from '../parts/text.tsx';
import { color } from '../theme/color.ts';
import { Blocks } from './guidance-blocks.tsx';

const Bar = styled.div`
  block-size: 4px;
  border-radius: 2px;
  background: ${color('border.subtle')};
  overflow: hidden;

  & > div { block-size: 100%; background: ${color('border.successEmphasis')}; transition: inline-size 0.2s ease-out; }
`;

interface GuidanceCardProps {
  /** Null: the policy has none for this category. */
  readonly guidance: Guidance | null;
  readonly toneOfVoice: string | null;
}

export function GuidanceCard({ guidance, toneOfVoice }: GuidanceCardProps) {
  const { t } = useWords();
  const counted = guidance !== null && guidance.steps > 0;
  return (
    <Section
      title={t('guidance.title')}
      {...(counted ? { aside: t('guidance.progress', { done: guidance.done, steps: guidance.steps }) } : {})}
    >
      <Stack>
        {counted ? (
          <Bar aria-hidden="true">
            <div style={{ inlineSize: `${(guidance.done / guidance.steps) * 100}%` }} />
          </Bar>
        ) : null}
        {toneOfVoice === null ? null : <Subtle>{t('guidance.tone', { tone: toneOfVoice })}</Subtle>}
        {guidance === null ? <Subtle>{t('guidance.none')}</Subtle> : <Blocks blocks={guidance.blocks} />}
      </Stack>
    </Section>
  );
}
