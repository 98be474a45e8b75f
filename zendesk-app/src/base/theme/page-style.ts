// Sets the styles of the whole page.
import { createGlobalStyle } from 'styled-components';
import { color } from './theme.ts';

export const PageStyle = createGlobalStyle<object>`
  *, *::before, *::after { box-sizing: border-box; }
  /* What is focused scrolls clear of the sticky head and foot. */
  :root { color-scheme: ${({ theme }) => theme.colors.base}; scroll-padding-block: 48px 64px; }
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
   * Each text has the direction of its own language: texts of the policy, and texts without a translation, can be in another
   * language than the agent's. The order of elements follows the agent's language, which is the page's direction.
   */
  :is(p, h2, h3, h4, li, dt, dd, label, button, textarea, span, [data-garden-id$='_hint'], [data-garden-id$='_message']) { unicode-bidi: plaintext; }
  /* Left-to-right lines in a right-to-left page: only as wide as their text, so that they begin beside their box, bullet or heading. */
  [dir='rtl'] :is(p, h2, h3, h4, li, dt, dd, label, [data-garden-id$='_hint']) { inline-size: fit-content; }
  /* No transitions at all: with short ones an inherited colour would reach nested elements one frame after another. */
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important; transition-duration: 0s !important; }
  }
`;
