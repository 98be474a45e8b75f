// Finds placeholders in guidance that do not exist.
import { nearestSpelling, shorten } from '@deskwright/shared';
import { TokenizationError, Tokenizer, TokenKind } from 'liquidjs';
import type { GuidanceProblem } from './guidance.ts';
import { PLACEHOLDER_NAMES } from './placeholders.ts';

/** All unknown placeholders, and all other Liquid syntax; only plain placeholders are filled in. */
export function findPlaceholderProblems(text: string): GuidanceProblem[] {
  try {
    return new Tokenizer(text).readTopLevelTokens().flatMap(({ kind, begin, input, end }) => {
      if (kind === TokenKind.Tag) {
        const tag = shorten(input.slice(begin, end));
        return [
          errorAt(begin, `"${tag}" is a Liquid tag; guidance fills in plain placeholders only, such as {{ticket.id}}`),
        ];
      }
      return kind === TokenKind.Output ? checkPlaceholder(input.slice(begin, end), begin) : [];
    });
  } catch (error) {
    if (!(error instanceof TokenizationError)) throw error;
    return [errorAt(error.token.begin, 'a placeholder is opened here and not closed; write it like {{ticket.id}}')];
  }
}

function checkPlaceholder(written: string, offset: number): GuidanceProblem[] {
  const name = written.replace(/^\{\{-?\s*|\s*-?\}\}$/g, '');
  if (PLACEHOLDER_NAMES.includes(name)) return [];
  if (name.includes('|')) {
    return [
      errorAt(
        offset,
        `"${shorten(written)}" has a filter; guidance fills in plain placeholders only, such as {{ticket.id}}`,
      ),
    ];
  }
  const didYouMean = nearestSpelling(name, PLACEHOLDER_NAMES);
  return [
    {
      ...errorAt(offset, `placeholder "${shorten(name)}" does not exist`),
      allowed: PLACEHOLDER_NAMES,
      ...(didYouMean !== undefined && { didYouMean }),
    },
  ];
}

function errorAt(offset: number, message: string): GuidanceProblem {
  return { severity: 'error', offset, message };
}
