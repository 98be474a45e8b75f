// Gives the rivals of the bench the service's own functions for words and values.
import { foldText, parsePhrase, splitWords } from '@deskwright/shared';
import { compileLeaf } from '../../service/dist/decide/rules/leaf.js';
import { compilePatterns, textForPatterns } from '../../service/dist/decide/rules/pattern-field.js';
import { readerOf, wordingsReader } from '../../service/dist/decide/rules/read-field.js';
import { findEntries } from '../../service/dist/decide/rules/word-field.js';

export const tools = {
  compileLeaf,
  compilePatterns,
  findEntries,
  foldText,
  parsePhrase,
  readerOf,
  splitWords,
  textForPatterns,
  wordingsReader,
};
