// Renders the form for replying to and submitting a ticket.
import { type Html, html } from '../html.ts';
import { STATUS_LABELS } from './ticket-choices.ts';

export interface Composer {
  action: string;
  /** What the agent saw (`writeSeen`); null on a new ticket. */
  seen: string | null;
  draft: { text: string; isPublic: boolean };
  status: string;
}

const SUBMIT_AS = ['open', 'pending', 'hold', 'solved'] as const;

/** The form itself; the fields beside it belong to it by their `form` attribute. */
export function composer({ action, seen, draft, status }: Composer): Html {
  return html`<form class="card composer" id="ticket-form" method="post" action="${action}">
${seen !== null && html`<input type="hidden" name="seen" value="${seen}">`}
<fieldset class="reply-kind"><legend class="sr">Kind of answer</legend>
<label class="choice"><input type="radio" name="public" value="yes"${draft.isPublic && html` checked`}> Public reply</label>
<label class="choice"><input type="radio" name="public" value="no"${!draft.isPublic && html` checked`}> Internal note</label></fieldset>
<label class="sr" for="comment">Text</label><textarea id="comment" name="comment" rows="6">${draft.text}</textarea>
<p class="card notice bad" role="alert" id="submit-problem" hidden></p>
<div class="buttons submit"><button name="do" value="save" id="submit">Submit as ${STATUS_LABELS[status] ?? status}</button>
<details class="menu" id="submit-menu"><summary>Submit as …</summary><div class="card">${SUBMIT_AS.map(
    (one) =>
      html`<button class="quiet" name="do" value="${one}"><span class="badge ${one}">${STATUS_LABELS[one] ?? one}</span></button>`,
  )}</div></details></div>
</form>`;
}
