// Shows an answer of the service once it is there, or why it is not.
import type { ReactNode } from 'react';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { MessageScreen } from '../../base/layout/message-screen.tsx';
import { describeRefusal } from '../../base/service/service-context.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { texts } from '../texts.ts';
import { Nothing } from './panel.tsx';

interface AnsweredProps<T> {
  /** Of the call, with its query. */
  readonly path: string;
  readonly children: (value: T, reload: () => void) => ReactNode;
}

export function Answered<T>({ path, children }: AnsweredProps<T>) {
  const all = useTexts(texts);
  const { answer, reload } = useAnswer<T>(path);
  if (answer === null) return <Nothing role="status">{all.t('loading_numbers')}</Nothing>;
  if (answer.ok) return children(answer.value, reload);
  return <MessageScreen kind="danger" message={describeRefusal(all, answer.refusal)} onRetry={reload} />;
}
