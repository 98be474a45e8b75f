// What customers write in answers to surveys, and which reasons they tick with it.

interface SurveyComment {
  /** Ids of the reasons that Deskwright asks about by default. */
  drivers: readonly string[];
  comment: string;
}

export const COMMENTS: Readonly<Record<'good' | 'fair' | 'bad', readonly SurveyComment[]>> = {
  good: [
    { drivers: ['speed'], comment: 'Answered within the hour, and it was solved. Thank you!' },
    { drivers: ['friendliness'], comment: 'So friendly and patient with me.' },
    { drivers: ['knowledge'], comment: 'They knew the tent better than the manual does.' },
    { drivers: ['solution'], comment: 'A new zip, no questions asked. Great boots, too.' },
    { drivers: ['speed', 'solution'], comment: 'Quick and easy refund.' },
    { drivers: [], comment: 'I have been buying here for years.' },
  ],
  fair: [
    { drivers: ['speed'], comment: 'It worked out, but I was waiting for a while.' },
    { drivers: ['effort'], comment: 'I had to explain it twice.' },
    { drivers: [], comment: 'The prices went up again.' },
  ],
  bad: [
    { drivers: ['speed'], comment: 'I was waiting for days. Far too slow.' },
    { drivers: ['effort'], comment: 'I had to ask three times and call twice.' },
    { drivers: ['speed'], comment: 'The parcel was late and nobody told me.' },
    { drivers: ['solution'], comment: 'The jacket still leaks, nothing was fixed.' },
    { drivers: [], comment: 'Too expensive for what it is.' },
  ],
};
