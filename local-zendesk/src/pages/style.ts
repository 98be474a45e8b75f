// Styles the pages of the local Zendesk.
import { WORKSPACE_STYLE } from './workspace-style.ts';

/** By the system's setting or the agent's own choice. */
const DARK = `--paper: #141916; --card: #1c2420; --ink: #e8ede9; --soft: #a3b0a8; --line: #313b35; --accent: #6fcf9f; --on-accent: #0d2118;
  --tint: #22342b; --note: #383018; --note-line: #7d6a2b; --alert: #f09a86; --alert-tint: #43241d; --shadow: none;`;

/** One stylesheet for all pages: light and dark, one column on a phone. Text contrast is at least 4.5:1 in both. */
export const STYLE = `
:root { color-scheme: light dark;
  --paper: #f6f7f5; --card: #ffffff; --ink: #1d2621; --soft: #55615a; --line: #dde2dd; --accent: #17694a; --on-accent: #ffffff;
  --tint: #e6f1eb; --note: #fff6da; --note-line: #e3c766; --alert: #a3341f; --alert-tint: #fbe7e2; --shadow: 0 1px 2px #0001, 0 4px 14px #0000000a; }
@media (prefers-color-scheme: dark) { :root:not([data-scheme=light]) {${DARK}} }
:root[data-scheme=dark] { color-scheme: dark; ${DARK} } :root[data-scheme=light] { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .4rem .8rem; z-index: 2; }
.top { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; align-items: center; padding: .6rem 1.2rem; background: var(--card); border-bottom: 1px solid var(--line); }
.top nav { display: flex; flex-wrap: wrap; gap: .2rem; } .top a { text-decoration: none; }
.top nav a { padding: .35rem .7rem; border-radius: 6px; color: var(--soft); } .top nav a:hover { background: var(--tint); }
.top nav a[aria-current] { background: var(--tint); color: var(--accent); font-weight: 600; }
.brand { font-weight: 700; color: var(--ink); } .brand span { color: var(--accent); } .brand small { font-weight: 400; color: var(--soft); }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1.2rem 4rem; } main.wide { max-width: 100rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .6rem; overflow-wrap: anywhere; } h2 { font-size: 1.05rem; margin: 0 0 .6rem; } pre + h2 { margin-top: 1.8rem; }
p { overflow-wrap: anywhere; }
.lead { color: var(--soft); max-width: 46rem; margin: 0 0 1.4rem; } .soft { color: var(--soft); } .small { font-size: .875rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.2rem; box-shadow: var(--shadow); margin: 0 0 1rem; }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); margin: 0 0 1.8rem; } .cards .card { margin: 0; }
.cards a.card { color: inherit; text-decoration: none; } .cards a.card:hover, .cards button.card:hover { border-color: var(--accent); }
.cards strong { display: block; }
.columns { display: grid; gap: 1.2rem; grid-template-columns: 14rem minmax(0, 1fr); align-items: start; }
.side { list-style: none; margin: 0; padding: 0; } .side a { display: flex; justify-content: space-between; gap: .6rem; padding: .4rem .7rem; border-radius: 6px; text-decoration: none; color: inherit; overflow-wrap: anywhere; }
.side a:hover { background: var(--tint); } .side a[aria-current] { background: var(--tint); color: var(--accent); font-weight: 600; } .side .count { color: var(--soft); font-variant-numeric: tabular-nums; font-weight: 400; }
.rows { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); border-spacing: 0; overflow: hidden; }
.rows th { text-align: left; font-size: .8rem; color: var(--soft); font-weight: 600; } .rows th, .rows td { padding: .55rem .8rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.rows tr:last-child td { border-bottom: 0; } .rows tbody tr:hover { background: var(--tint); } .rows .main-cell { min-width: 12rem; overflow-wrap: anywhere; } .rows .main-cell a { font-weight: 600; text-decoration: none; }
.rows .main-cell span { display: block; color: var(--soft); font-size: .875rem; overflow: hidden; display: -webkit-box; -webkit-line-clamp: 1; -webkit-box-orient: vertical; }
.rows time { white-space: nowrap; } .rows .tags { margin: .25rem 0 0; }
.scroll { overflow-x: auto; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 99px; font-size: .8rem; font-weight: 600; background: var(--tint); color: var(--accent); white-space: nowrap; }
.badge.new, .badge.open, .badge.urgent, .badge.high { background: var(--alert-tint); color: var(--alert); } .badge.note { background: var(--note); color: var(--ink); border: 1px solid var(--note-line); }
.badge.solved, .badge.closed, .badge.plain { background: var(--paper); color: var(--soft); border: 1px solid var(--line); }
.message { border-left: 4px solid var(--line); } .message.staff { border-left-color: var(--accent); }
.message.internal { background: var(--note); border-color: var(--note-line); }
.message header { display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: baseline; margin-bottom: .4rem; overflow-wrap: anywhere; } .message p, .plain { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
form { margin: 0; } label, .label { display: block; font-size: .875rem; font-weight: 600; margin: .7rem 0 .25rem; } fieldset { border: 0; padding: 0; margin: 0; } legend { font-weight: 600; padding: 0; }
input[type=text], input[type=email], input[type=date], textarea, select { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 8px; padding: .5rem .6rem; }
textarea { min-height: 7rem; resize: vertical; }
.choice { display: inline-flex; gap: .4rem; align-items: center; font-weight: 400; margin: 0 1rem 0 0; }
button, .button { font: inherit; font-weight: 600; padding: .5rem 1rem; min-height: 2.75rem; border-radius: 8px; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; }
button.quiet { background: transparent; color: var(--accent); } button.card { font-weight: 400; text-align: left; width: 100%; background: var(--card); color: var(--ink); border-color: var(--line); }
.buttons { display: flex; flex-wrap: wrap; gap: .6rem; margin-top: .9rem; align-items: center; }
.notice { border-left: 4px solid var(--accent); } .notice.bad { border-left-color: var(--alert); background: var(--alert-tint); }
.tags { display: flex; flex-wrap: wrap; gap: .3rem; list-style: none; padding: 0; margin: .3rem 0; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem .9rem; margin: 0; } dt { color: var(--soft); font-size: .875rem; } dd { margin: 0; overflow-wrap: anywhere; }
.tabs { display: flex; flex-wrap: wrap; gap: .3rem; margin: 0 0 .8rem; padding: 0; list-style: none; } .tabs a { display: block; padding: .4rem .9rem; border: 1px solid var(--line); border-radius: 8px; text-decoration: none; background: var(--card); }
.tabs a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
iframe.mail { width: 100%; height: 70vh; min-height: 24rem; border: 1px solid var(--line); border-radius: 12px; background: #fff; color-scheme: light; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; margin: .5rem 0; font-size: .875rem; } code { font-size: .9em; }
.pager { display: flex; gap: 1rem; align-items: center; margin: 1rem 0; }
@media (max-width: 48rem) { .columns { grid-template-columns: minmax(0, 1fr); } main { padding: 1rem .8rem 3rem; } .optional { display: none; }
  .columns > nav .side { display: flex; overflow-x: auto; gap: .2rem; padding-bottom: .3rem; } .columns > nav .side a { white-space: nowrap; } }
${WORKSPACE_STYLE}`;
