// Escapes placeholders in other people's text, so that Zendesk does not expand them in a comment.

/** Zendesk expands Liquid placeholders in agents' comments, and our notes are such comments: quoted text must not contain one. */
export function withoutPlaceholders(text: string): string {
  return text.replace(/\{(?=[{%])/g, '{ ');
}
