// Shows the guidance of one category with its progress.
import type { GuidanceCard as Guidance } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { color } from '../../base/theme/color.ts';
import { Section } from '../../base/ui/section.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
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
}

export function GuidanceSection({ guidance, toneOfVoice }: GuidanceSectionProps) {
  const { t } = useTexts(texts);
  const counted = guidance !== null && guidance.steps > 0;
  return (
    <Section
      title={t('title')}
      {...(counted ? { aside: t('progress', { done: guidance.done, steps: guidance.steps }) } : {})}
    >
      <Stack>
        {counted ? (
          <Bar aria-hidden="true">
            <div style={{ inlineSize: `${(guidance.done / guidance.steps) * 100}%` }} />
          </Bar>
        ) : null}
        {toneOfVoice === null ? null : <Subtle>{t('tone', { tone: toneOfVoice })}</Subtle>}
        {guidance === null ? <Subtle>{t('none')}</Subtle> : <Blocks blocks={guidance.blocks} />}
      </Stack>
    </Section>
  );
}
