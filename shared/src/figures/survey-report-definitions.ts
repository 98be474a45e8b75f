// Definitions for reports about surveys: scores, who was surveyed, and when a difference is significant.

/** Name and definition, for the reference of the figures. */
export const SURVEY_REPORT_DEFINITIONS: readonly (readonly [name: string, definition: string])[] = [
  [
    'Net promoter score (NPS)',
    '100 × (share of promoters − share of detractors), from −100 to 100. Promoters answer 9 or 10, passives 7 or 8, detractors 0 to 6 (Reichheld 2003). With these shares p and d, one answer has the variance p + d − (p − d)², and the score the standard error 100 × √(variance ÷ answers); the interval is 1.96 of it on both sides, within −100 and 100. Answers all of one class show no spread, though the next one may differ: then the interval is that with ¾ of a promoter, 1½ passives and ¾ of a detractor more (Agresti and Min 2005, Rocks 2016), and reaches to the score; in a difference, such a side has the standard error of these.',
  ],
  [
    'CSAT, CES and pulse',
    'The share of good answers: 4 and 5 of 5, of CES 5 to 7 of 7, with Wilson’s interval. The mean stands beside it with its own interval, by the spread of the scores; the share is what is compared.',
  ],
  [
    'Cleaned and raw',
    'Cleaned: the answer of each survey that counts, by the verdicts on what was sent (human, doubtful, machine). Raw: the last submission of each survey as it came, whoever sent it. Both are told; everything else goes by the cleaned score.',
  ],
  [
    'When and for whom',
    'An answer counts on the day of the first answer, with the score it has now. The category is the one of the invitation; tier, group, channel and brand are those that the ticket has now; the language is the one in which the customer was asked. Weeks begin on Monday. Answers of campaigns are about no ticket: category, tier, group, channel and brand are those that the customer’s newest ticket had when they were asked, and a campaign for a brand counts for that brand. Imported answers have what their ticket has, if it is known, and no language.',
  ],
  [
    'Response rate',
    'Of the surveys delivered in the period, the share that was answered, whenever the answer came (AAPOR, response rate 1), with Wilson’s interval. A survey that the mail server did not take, or whose mail came back, was not delivered. Who did not answer is told by category: where the rate is really lower than elsewhere, the score says less.',
  ],
  [
    'Real or chance',
    'A difference is called real if chance produces one as large in fewer than one of twenty cases: of NPS by the standard error of the difference, the root of the sum of both squared, else by the test of two proportions, or by Fisher’s exact test where fewer than five of one kind are expected on one side. With fewer than 30 answers on either side nothing is judged. In tables, groups are compared with all others one by one, so of twenty that do not differ one may seem to.',
  ],
  [
    'Maintained',
    'For how many quarters in a row, counted back from the last one, each had at least 30 answers and none was really below an earlier one of them.',
  ],
  [
    'Drivers',
    'An answer names a driver when the customer ticked it, or when its comment has one of the words that `surveys.lexicon` lists for it, found as triggers find words. The effect is the score of these answers less that of all others: of NPS with the interval of 1.96 × the root of the sum of both squared standard errors, of shares with Newcombe’s interval (1998, method 10). It shows what goes together, which need not be the cause. The trend compares the share of answers that name it with the period before, as two shares.',
  ],
  [
    'Follow-ups',
    'Those opened in the period. Reached in time: somebody spoke to the customer by the time it was due. Outcomes and root causes are those that agents recorded.',
  ],
  [
    'Does following up work?',
    'Of each customer who answered in the period and whose answer before, within a year, was of the lowest class, the last answer in the period. Those whom somebody reached between the two are compared with those whom nobody did, as two groups of independent answers: with the interval of the difference, and called real as everywhere. Whoever answered badly once answers better the next time on average, contacted or not (regression to the mean), so the next answers say nothing when compared with the bad ones. Nobody draws lots for who is contacted, so part of a difference may be who they are. Imported answers are left out: nobody knows who was contacted then.',
  ],
  [
    'Recommended actions',
    'Three at most, by these rules in this order. What really lowers the score, the most points first: of each of category, tier, group, language, channel and brand the one group, and of the drivers the one, that is really below all others and costs most. All these comparisons are judged together by Holm’s procedure (1979), so that chance alone makes fewer than one of twenty reports recommend any; a group that the tables call really lower need not be recommended. Then customers with an answer of the lowest class who agreed to be contacted and whom nobody has reached since, each once. Then the category that answers really less than others, with all categories judged together. Then more answers, if there are fewer than 30, or if the interval reaches further than 10 points of NPS, or 5 of a share, to each side. Where no rule applies, nothing is recommended.',
  ],
];
