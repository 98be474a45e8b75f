// What does the whole page need, beside its components?
import { createGlobalStyle } from 'styled-components';
import { color } from './color.ts';

export const PageStyle = createGlobalStyle<object>`
  *, *::before, *::after { box-sizing: border-box; }
  :root { color-scheme: ${({ theme }) => theme.colors.base}; }
  body {
    margin: 0;
    background: ${color('background.default')};
    color: ${color('foreground.default')};
    font-family: ${({ theme }) => theme.fonts.system};
    font-size: ${({ theme }) => theme.fontSizes.md};
    line-height: 1.43;
    overflow-wrap: anywhere;
  }
  h1, h2, h3, h4, p, ul, ol, dl, dd, blockquote, fieldset { margin: 0; padding: 0; border: 0; }
  ul, ol { list-style: none; }
  /*
   * Each text runs and is aligned the way it is written: the policy's words need not be of the agent's language, nor, where there is
   * no translation, the sidebar's own. What stands beside what follows the agent's language, which is the page's direction.
   */
  :is(p, h2, h3, h4, li, dt, dd, label, button, textarea, span, [data-garden-id$='_hint'], [data-garden-id$='_message']) { unicode-bidi: plaintext; }
  /* English lines in a page from right to left: no wider than their words, so that they begin beside their box, bullet or heading. */
  [dir='rtl'] :is(p, h2, h3, h4, li, dt, dd, label, [data-garden-id$='_hint']) { inline-size: fit-content; }
  /* Transitions not short but none: on every element, an inherited color would come down a level a frame, dark text first. */
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important; transition-duration: 0s !important; }
  }
`;
