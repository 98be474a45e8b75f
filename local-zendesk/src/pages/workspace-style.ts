// Styles the agent workspace.

/** Bar on the far left, fields, conversation, apps 320 px wide; one under another where there is no room. */
export const WORKSPACE_STYLE = `
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
.workspace { display: grid; grid-template: auto 1fr / 5.5rem minmax(0, 1fr); min-height: 100vh; }
.workspace > .top { grid-column: 1 / -1; } .workspace > main { width: 100%; margin: 0; padding: 1.2rem; max-width: none; } .workspace > main:focus { outline: none; }
.rail { background: #0b3b2e; } .rail ul { list-style: none; margin: 0; padding: .5rem .3rem; position: sticky; top: 0; }
.rail a, .rail li > span { display: grid; justify-items: center; gap: .1rem; padding: .5rem .1rem; border-radius: 8px; color: #e4f2ec; text-decoration: none; font-size: .75rem; text-align: center; overflow-wrap: anywhere; }
.rail a span:first-child { font-size: 1.2rem; line-height: 1.3; } .rail a:hover, .rail a[aria-current] { background: #1f5b49; } .rail a:focus-visible { outline-color: #ffffff; }
/* Zendesk, too, draws an app's icon in the color of its bar. */
.rail img[src$=".svg"] { filter: brightness(0) invert(1); }
.tools { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; margin-left: auto; } .tools form { display: flex; gap: .3rem; align-items: center; } .tools .card form { display: block; }
.tools select { width: auto; padding: .3rem .4rem; } .tools button.small { min-height: 0; padding: .3rem .6rem; } .tools form.live button { display: none; }
.top-bar { display: flex; gap: .3rem; } .top-bar:empty { display: none; } .top-bar-app { position: relative; } .top-bar-app > button { min-height: 2.25rem; padding: .3rem .6rem; }
.popover { position: absolute; right: 0; top: calc(100% + .4rem); z-index: 5; padding: .4rem; width: max-content; } .popover iframe { width: 320px; height: 240px; max-width: calc(100vw - 2rem); }
details > summary { cursor: pointer; } .me, .menu { position: relative; } .me > summary { padding: .3rem .7rem; border: 1px solid var(--line); border-radius: 99px; font-size: .9rem; color: var(--accent); }
.me > .card, .menu > .card { position: absolute; z-index: 5; min-width: 14rem; right: 0; top: calc(100% + .3rem); } .menu > .card { left: 0; right: auto; top: auto; bottom: calc(100% + .3rem); display: grid; gap: .3rem; padding: .6rem; margin: 0; min-width: 10rem; }
.menu > .card button { text-align: left; } .menu > summary { padding: .5rem .8rem; border: 1px solid var(--line); border-radius: 8px; color: var(--accent); min-height: 2.75rem; }
.desk { display: grid; grid-template-columns: 15rem minmax(0, 1fr) 338px; gap: 1.2rem; align-items: start; }
.fields { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: .9rem 1rem; } .fields dl { display: block; margin-bottom: .6rem; } .fields dd { margin-bottom: .4rem; } .fields input, .fields select, .fields textarea { padding: .35rem .5rem; } .fields textarea { min-height: 4rem; }
.fields input[type=checkbox] { width: 1.25rem; height: 1.25rem; padding: 0; }
.composer { border-top: 3px solid var(--accent); } .composer:has(input[value=no]:checked) { background: var(--note); border-color: var(--note-line); } .reply-kind { margin-bottom: .5rem; } .submit { justify-content: flex-end; } .composer[aria-busy=true] button { opacity: .6; }
.view-head { display: flex; gap: 1rem; align-items: start; justify-content: space-between; }
.skip-form .buttons { flex-wrap: nowrap; margin-top: 0; }
/* As high as the window with its own scroll bar, so that an app stays beside a long conversation; apps are 320 px wide either way. */
.apps { width: 338px; max-width: 100%; display: grid; gap: .8rem; align-content: start; position: sticky; top: .8rem; max-height: calc(100vh - 1.6rem); overflow: hidden auto; scrollbar-width: thin; } .apps > * { width: 322px; max-width: 100%; margin: 0; }
.app { background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; } .app h2 { margin: 0; font-size: .9rem; }
.app h2 button { width: 100%; min-height: 2.4rem; padding: .4rem .8rem; text-align: left; background: transparent; border: 0; border-radius: 0; color: var(--ink); display: flex; justify-content: space-between; }
.app h2 button::after { content: "▾"; color: var(--soft); } .app h2 button[aria-expanded=false]::after { content: "▸"; } .app h2 button:focus-visible { outline-offset: -3px; }
iframe { border: 0; display: block; background: transparent; } .app-body iframe { width: 100%; height: 80px; }
/* An app in the navigation bar fills what the bars leave of the window. */
.workspace:has(> main > .app-page) { height: 100vh; } .workspace > main:has(> .app-page) { padding: 0; min-height: 24rem; display: grid; } .app-page iframe { width: 100%; height: 100%; }
dialog.modal { border: 1px solid var(--line); border-radius: 12px; padding: 0; background: var(--card); color: var(--ink); max-width: 95vw; max-height: 90vh; } dialog.modal::backdrop { background: #000a; }
.modal-head { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: .5rem .6rem .5rem 1rem; border-bottom: 1px solid var(--line); } dialog.modal h2 { margin: 0; } .modal-head button { border: 0; }
.modal-body iframe { width: 30rem; height: 20rem; max-width: 95vw; max-height: 80vh; }
.notices { position: fixed; z-index: 10; right: calc(338px + 2.4rem); top: 4rem; width: min(24rem, calc(100vw - 2rem)); } .notices .notice { display: flex; justify-content: space-between; gap: .6rem; align-items: start; box-shadow: 0 4px 18px #0003; } .notices p { margin: .35rem 0; } .notices button { border: 0; min-height: 0; padding: .35rem .5rem; }
.notice.alert { border-left-color: var(--note-line); } .notice.error { border-left-color: var(--alert); }
@media (max-width: 75rem) { .desk { grid-template-columns: minmax(0, 1fr) 338px; } .desk > .fields { grid-column: 1; order: 2; } .desk > .talk { grid-column: 1; } .desk > .apps { grid-column: 2; grid-row: 1 / span 2; } }
@media (max-width: 48rem) { .notices { right: 1rem; } .popover { position: fixed; left: .4rem; right: auto; top: auto; } .workspace { grid-template: auto auto 1fr / minmax(0, 1fr); } .rail ul { display: flex; overflow-x: auto; padding: .3rem; position: static; } .rail a { min-width: 4rem; }
  .desk { grid-template-columns: minmax(0, 1fr); } .desk > .apps { grid-column: 1; grid-row: auto; width: 100%; position: static; max-height: none; overflow: visible; } .apps > * { width: 100%; } .workspace > main { padding: 1rem .8rem 3rem; } .tools { margin-left: 0; } .me > .card { right: auto; left: 0; } .view-head { flex-wrap: wrap; } }
`;
