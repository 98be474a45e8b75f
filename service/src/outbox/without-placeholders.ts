// How do other people's words go into a note without becoming code?

/** Zendesk fills Liquid placeholders in comments that agents write, and our notes are such: whoever is quoted must not use them. */
export function withoutPlaceholders(text: string): string {
  return text.replace(/\{(?=[{%])/g, '{ ');
}
