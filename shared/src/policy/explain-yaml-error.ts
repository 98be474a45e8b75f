// Explains a YAML error in plain words.
import type { YAMLError } from 'yaml';
import { shorten } from './check/check-spelling.ts';
import { TOO_DEEP } from './find-excess.ts';

/** One sentence for an error of the YAML parser. */
export function explainYamlError(error: YAMLError): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'a tab is used to indent; YAML allows only spaces';
    case 'BAD_INDENT':
      return 'the line is indented further or less than the block it belongs to';
    case 'MISSING_CHAR':
      if (/quote/.test(error.message)) return 'a quote is not closed';
      return `${plain(error.message)}; is a bracket, comma or colon missing here or shortly before?`;
    case 'MULTILINE_IMPLICIT_KEY':
      return 'this line was read as a key; is a colon missing after it, or a quote not closed?';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'there is a second colon in this line; put the text in quotes';
    case 'BAD_SCALAR_START':
      return 'a value cannot begin with this character; put it in quotes';
    case 'MULTIPLE_DOCS':
      return 'a line of three dashes starts a second document, but a policy is one document; remove the line';
    case 'TAG_RESOLVE_FAILED':
      return 'a word that begins with ! is a YAML tag, which a policy does not use; put it in quotes';
    case 'BAD_ALIAS':
      return `${plain(error.message)}; a word that begins with * or & has a meaning in YAML, so put it in quotes`;
    case 'BLOCK_IN_FLOW':
      return 'a list or block of lines begins inside brackets; is a closing } or ] missing before it?';
    case 'UNEXPECTED_TOKEN':
      return 'YAML expects something else here; check the indentation, the quotes and the brackets before it';
    case 'RESOURCE_EXHAUSTION':
      return TOO_DEEP;
    default:
      return plain(error.message);
  }
}

function plain(message: string): string {
  return shorten(message.split('\n')[0] ?? '', 160);
}
