// The style sheet of the company page, after that of the survey page.

/** Colours are those of the survey page, in light and dark mode. */
export const COMPANY_STYLE = `nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.75rem 0 0;padding:0;list-style:none}
main a{color:var(--accent)}
nav a{display:inline-block;padding:.375rem 0}
nav a[aria-current]{color:var(--ink);font-weight:650;text-decoration:none}
a:focus-visible,.scrolls:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
section{margin-top:2rem;padding-top:1.5rem;border-top:1px solid var(--line)}
h2{margin:0;font-size:1.2rem;line-height:1.3}
h3{margin:1.25rem 0 0;font-size:1rem}
.big{margin:.5rem 0 0;font-size:2.5rem;line-height:1.1;font-weight:650;font-variant-numeric:tabular-nums}
svg{display:block;width:100%;height:auto;margin-top:.5rem}
svg .rule{stroke:var(--line)}
svg .line{fill:none;stroke:var(--accent);stroke-width:2}
svg .sure{stroke:var(--edge);stroke-width:2}
svg .mark{stroke:var(--soft);stroke-width:1;stroke-dasharray:4 4}
svg .point{fill:var(--accent)}
.scrolls{overflow-x:auto}
table{width:100%;margin-top:.5rem;border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.375rem .5rem .375rem 0;border-bottom:1px solid var(--line);text-align:start;font-weight:400}
thead th{color:var(--soft)}
.reasons{margin:.5rem 0 0;padding:0;list-style:none}
.reasons li{display:flex;justify-content:space-between;gap:1rem;padding:.25rem 0;border-bottom:1px solid var(--line)}
section>ul{margin:.5rem 0 0;padding-inline-start:1.25rem}
footer{margin-top:2rem}`;
