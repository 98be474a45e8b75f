// Answers a survey as a customer's browser does, after the page was used.

const BROWSER = {
  'user-agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'accept-language': 'en-US',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
};

/** Opens the link and sends its form. Throws when the answer is not taken. */
export async function answerSurvey(link: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const page = await (await fetch(link, { headers: BROWSER })).text();
  const form = /name="form" value="([\w-]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ form, used: 'v12000.p0.t4.k9.c2.s1', more: '', comment: '', ...fields });
  const response = await fetch(link, { method: 'POST', headers: BROWSER, body, redirect: 'manual' });
  if (response.status !== 303) throw new Error(`${link} answered ${response.status}: ${await response.text()}`);
}
