// The tools card: what other systems have about the customer, the tools that this agent may use, and what was done with them.
import type { TicketCard, ToolRun, ToolsCard as Tools } from '@deskwright/shared/contract';
import type { CardDefinition } from '../../base/card-definition.ts';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Disclosure } from '../../base/ui/disclosure.tsx';
import { Section } from '../../base/ui/section.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { describeFailure } from './answer-view.tsx';
import { Beside } from './beside.tsx';
import { texts } from './texts.ts';
import { ToolForm } from './tool-form.tsx';

/** Opened first: other systems are asked only for tickets that need it. */
function ToolsCard({ card }: { readonly card: TicketCard }) {
  const { t } = useTexts(texts);
  const { tools } = card;
  if (tools == null || isEmpty(tools)) return null;
  return (
    <Section hiddenTitle title={t('title')}>
      <Stack $gap={4}>
        {tools.runs.map((run) => (
          <Run key={run.id} run={run} />
        ))}
        {tools.beside.length + tools.tools.length === 0 ? null : (
          <Disclosure label={t('title')}>
            <Stack $gap={4}>
              {tools.beside.map(({ id, name }) => (
                <Beside key={id} toolId={id} name={name} />
              ))}
              {tools.tools.map((tool) => (
                <Disclosure key={tool.id} label={tool.name}>
                  <ToolForm tool={tool} isVerified={card.verification?.verified != null} />
                </Disclosure>
              ))}
            </Stack>
          </Disclosure>
        )}
      </Stack>
    </Section>
  );
}

const isEmpty = ({ tools, beside, runs }: Tools): boolean => tools.length + beside.length + runs.length === 0;

function Run({ run }: { readonly run: ToolRun }) {
  const toolTexts = useTexts(texts);
  const { t, format } = toolTexts;
  const { tool, state, why, status, by, at } = run;
  const said = t(`run.${state}`, { tool, by, when: format.ago(at) });
  return (
    <div>
      {state === 'in_doubt' ? <strong>{said}</strong> : said}
      {why === null ? null : <Subtle>{describeFailure(toolTexts, why, status)}</Subtle>}
    </div>
  );
}

export const toolsCard: CardDefinition = { texts, Card: ToolsCard };
