// Shows what one other system answered, with a request of its own: if it fails, nothing else of the sidebar does.
import type { ToolAnswer } from '@deskwright/shared/contract';
import { useCallback, useEffect, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import type { Answer } from '../../base/service/refusal.ts';
import { describeRefusal, useService } from '../../base/service/service-context.tsx';
import { useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { LinkButton } from '../../base/ui/action-button.tsx';
import { Row, Stack, SubTitle, Subtle } from '../../base/ui/text.tsx';
import { showBeside } from './actions.ts';
import { AnswerView } from './answer-view.tsx';
import { texts } from './texts.ts';

export function Beside({ toolId, name }: { readonly toolId: string; readonly name: string }) {
  const { t } = useTexts(texts);
  const baseTexts = useTexts();
  const service = useService();
  const { store } = useSidebar();
  const [answer, setAnswer] = useState<Answer<ToolAnswer> | null>(null);
  const load = useCallback(() => {
    let isWanted = true;
    const read = async (): Promise<void> => {
      const found = await showBeside(service, store.view().ticketId, toolId);
      if (isWanted) setAnswer(found);
    };
    void read();
    return () => {
      isWanted = false;
    };
  }, [service, store, toolId]);
  useEffect(load, [load]);

  const failed = answer !== null && (!answer.ok || answer.value.kind === 'failed');
  return (
    <Stack $gap={4}>
      <Row>
        <SubTitle>{name}</SubTitle>
        {failed ? (
          <LinkButton aria-label={t('again_this', { tool: name })} onClick={() => void load()}>
            {t('again')}
          </LinkButton>
        ) : null}
      </Row>
      {answer === null ? <Subtle>{t('loading')}</Subtle> : null}
      {answer?.ok === true ? <AnswerView answer={answer.value} /> : null}
      {answer?.ok === false ? <Subtle>{describeRefusal(baseTexts, answer.refusal)}</Subtle> : null}
    </Stack>
  );
}
