// Reads the commands out of a guide, so that what is written there is what is tried.

/**
 * Blocks of `sh` and of `ini` (lines that belong in `.env`), in their order. A block after `<!-- by hand: reason -->` is left out.
 * @param {string} markdown
 * @returns {{ kind: 'sh' | 'ini', text: string }[]}
 */
export function readGuide(markdown) {
  const blocks = markdown.matchAll(/(<!-- by hand: [^\n]+ -->\n)?^```(sh|ini)\n(.*?)^```$/gms);
  return [...blocks].flatMap(([, byHand, kind, text]) => (byHand ? [] : [{ kind, text }]));
}

/**
 * One script for `bash`. What belongs in `.env` is added at its end, where the last line of a name counts.
 * @param {readonly { kind: 'sh' | 'ini', text: string }[]} blocks
 * @param {readonly (readonly [string, string])[]} replacements host names, ports and secrets; each must occur
 */
export function toScript(blocks, replacements) {
  const text = blocks
    .map(({ kind, text: block }) => (kind === 'sh' ? block : `cat >> .env <<'END'\n${block}END\n`))
    .join('\n');
  const missing = replacements.filter(([from]) => !text.includes(from));
  if (missing.length > 0) throw new Error(`The guide has no ${missing.map(([from]) => from).join(', ')} any more.`);
  return `set -euo pipefail\n${replacements.reduce((all, [from, to]) => all.replaceAll(from, to), text)}`;
}
