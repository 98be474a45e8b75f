import { html } from './html.ts';

test('escapes inserted values, in text and in attributes', () => {
  const typed = `<script>alert("x")</script> & 'more'`;
  expect(html`<p title="${typed}">${typed}</p>`.markup).toBe(
    '<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;more&#39;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;more&#39;</p>',
  );
});

test('nests markup, joins lists, prints nothing for null and undefined, and prints zero', () => {
  expect(html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}</ul>${null}${undefined}${false}${0}`.markup).toBe(
    '<ul><li>1</li><li>2</li></ul>0',
  );
});
