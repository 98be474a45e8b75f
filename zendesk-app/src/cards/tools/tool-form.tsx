// The form of one tool: a read answers at once; what changes something is shown first, and sent after it was confirmed.
import type { ToolAnswer, ToolCard } from '@deskwright/shared/contract';
import { Field, Input } from '@zendeskgarden/react-forms';
import { type FormEvent, useRef, useState } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import type { Refusal } from '../../base/service/refusal.ts';
import { describeRefusal, useService } from '../../base/service/service-context.tsx';
import { useCanAct, useSidebar } from '../../base/ticket/sidebar-context.tsx';
import { useAction } from '../../base/ticket/use-action.ts';
import { useDraft } from '../../base/ticket/use-draft.ts';
import { ActionButton } from '../../base/ui/action-button.tsx';
import { Note } from '../../base/ui/note.tsx';
import { AskedQuestion, useFocusAfterQuestion } from '../../base/ui/question.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { askTool, runTool } from './actions.ts';
import { AnswerView } from './answer-view.tsx';
import { texts } from './texts.ts';

export function ToolForm({ tool, isVerified }: { readonly tool: ToolCard; readonly isVerified: boolean }) {
  const { t } = useTexts(texts);
  const baseTexts = useTexts();
  const service = useService();
  const { store } = useSidebar();
  const canAct = useCanAct();
  const action = useAction();
  const { draft, rewrite, discard, renew } = useDraft(`tool:${tool.id}`);
  const [answer, setAnswer] = useState<ToolAnswer | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const inputs = Object.fromEntries(tool.inputs.map(({ id, value }) => [id, draft.fields[id] ?? value]));
  const isWrite = tool.kind === 'write';
  const needsVerification = tool.needsVerification && !isVerified;
  const isAsking = isWrite && !tool.dryRun && answer?.kind === 'dry_run';
  useFocusAfterQuestion(isAsking, form);

  /** Of a write only what would be sent: the service checks everything, and the agent confirms it. */
  async function ask(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    setAnswer(null);
    action.clear();
    const asked = await askTool(service, store.view().ticketId, tool.id, { inputs, dryRun: isWrite });
    setBusy(false);
    if (asked.ok) setAnswer(asked.value);
    else {
      setRefusal(asked.refusal);
      form.current?.querySelector<HTMLElement>(`[name="${asked.refusal.fields[0] ?? ''}"]`)?.focus();
    }
  }

  async function run(): Promise<void> {
    const done = await action.run(
      runTool(tool.id, { inputs, requestId: draft.requestId }),
      t('sent', { tool: tool.name }),
    );
    if (done?.ok === false && done.refusal.kind === 'conflict') renew();
    if (done?.ok !== true) return;
    setAnswer(null);
    discard();
  }

  const question = answer?.kind === 'dry_run' ? answer.question : null;
  return (
    <form ref={form} noValidate aria-label={tool.name} onSubmit={(event) => void ask(event)}>
      <Stack>
        {tool.about === null ? null : <Subtle>{tool.about}</Subtle>}
        {needsVerification ? <Note kind="info">{t('needs_verification')}</Note> : null}
        {tool.inputs.map(({ id, label, hint, required }) => {
          const isWrong = refusal?.fields.includes(id) === true;
          return (
            <Field key={id}>
              <Field.Label>{required ? label : t('optional', { label })}</Field.Label>
              {hint === null ? null : <Field.Hint>{hint}</Field.Hint>}
              <Input
                isCompact
                name={id}
                autoComplete="off"
                required={required}
                maxLength={500}
                value={inputs[id] ?? ''}
                aria-invalid={isWrong}
                {...(isWrong ? { validation: 'error' as const } : {})}
                onChange={(event) => {
                  setAnswer(null);
                  rewrite(id, event.target.value);
                }}
              />
            </Field>
          );
        })}
        {refusal === null ? null : (
          <Note kind="danger" live>
            {describeRefusal(baseTexts, refusal)}
          </Note>
        )}
        {action.problem === null ? null : (
          <Note kind="danger" live>
            {action.problem}
          </Note>
        )}
        {isAsking ? (
          <AskedQuestion
            question={
              question ?? t('question', { tool: tool.name, with: Object.values(inputs).filter(Boolean).join(', ') })
            }
            confirm={t('confirm', { tool: tool.name })}
            back={t('cancel')}
            isDanger
            disabled={!canAct}
            onConfirm={() => void run()}
            onBack={() => setAnswer(null)}
          />
        ) : (
          <ActionButton type="submit" disabled={!canAct || busy || needsVerification}>
            {isWrite ? t('go_on') : t('look_up')}
          </ActionButton>
        )}
        <div aria-live="polite">{answer === null || isAsking ? null : <AnswerView answer={answer} />}</div>
      </Stack>
    </form>
  );
}
