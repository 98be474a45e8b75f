// Explains in the agent's language why a tool has no answer.
import type { ToolFailure } from '@deskwright/shared/contract';
import type { TextsOf } from '../../base/i18n/texts-context.tsx';
import type { texts } from './texts.ts';

/** @param status of HTTP; null: no answer came */
export function describeFailure(
  { t }: Pick<TextsOf<typeof texts>, 't'>,
  why: ToolFailure,
  status: number | null,
): string {
  const said = t(`failure.${why}`);
  return status === null ? said : `${said} (HTTP ${status})`;
}
