// Escapes placeholders in other people's words, so that a comment does not run them.

/** Zendesk fills Liquid placeholders in what agents send, and our notes are such: whoever is quoted or named must not slip one in. */
export function withoutPlaceholders(text: string): string {
  return text.replace(/\{(?=[{%])/g, '{ ');
}
