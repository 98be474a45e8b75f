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
  /* A language without a translation: English words, but in lines that run as the agent's own do, full stops at their ends. */
  [dir='rtl'] body { text-align: right; }
  [dir='rtl'] body * { unicode-bidi: plaintext; }
  /* Transitions not short but none: on every element, an inherited color would come down a level a frame, dark text first. */
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important; transition-duration: 0s !important; }
  }
`;
