// Shows what a tool answered, with its age.
import type { ToolAnswer, ToolFailure } from '@deskwright/shared/contract';
import { type TextsOf, useTexts } from '../../base/i18n/texts-context.tsx';
import { Note } from '../../base/ui/note.tsx';
import { Stack, Subtle } from '../../base/ui/text.tsx';
import { texts } from './texts.ts';

export function AnswerView({ answer }: { readonly answer: ToolAnswer }) {
  const toolTexts = useTexts(texts);
  const { t, format } = toolTexts;
  switch (answer.kind) {
    case 'failed':
      return <Note kind="warning">{describeFailure(toolTexts, answer.why, answer.status)}</Note>;
    case 'nothing':
      return <Subtle>{t('nothing', { when: format.ago(answer.asOf) })}</Subtle>;
    case 'dry_run':
      return (
        <Stack $gap={4}>
          <Subtle>{t('dry_run')}</Subtle>
          <code>
            {answer.method} {answer.address}
          </code>
          {answer.body === null ? null : <code>{answer.body}</code>}
        </Stack>
      );
    case 'found':
      return (
        <Stack $gap={4}>
          {answer.fields.map(({ label, values }) => (
            <div key={label} dir="auto">
              {label}: <strong>{values.join(', ')}</strong>
            </div>
          ))}
          <Subtle>
            {answer.staleSince === null
              ? t('as_of', { when: format.ago(answer.asOf) })
              : t('stale', { when: format.ago(answer.asOf), since: format.ago(answer.staleSince) })}
          </Subtle>
        </Stack>
      );
  }
}

/** @param status of HTTP; null: no answer came */
export function describeFailure(
  { t }: Pick<TextsOf<typeof texts>, 't'>,
  why: ToolFailure,
  status: number | null,
): string {
  const said = t(`failure.${why}`);
  return status === null ? said : `${said} (HTTP ${status})`;
}
