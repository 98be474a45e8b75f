// The English texts of surveys.
import type { SurveyTexts } from './survey-texts.ts';

const number = (value: number) => value.toLocaleString('en');

export const ENGLISH: SurveyTexts = {
  language: 'en',
  scales: {
    csat: {
      lead: '',
      question: () => 'How happy are you with the help you received?',
      labels: ['Very unhappy', 'Unhappy', 'Neutral', 'Happy', 'Very happy'],
      subject: (company) => `How did ${company} do?`,
    },
    ces: {
      lead: 'How much do you agree?',
      question: (company) => `${company} made it easy for me to handle my issue.`,
      labels: [
        'Strongly disagree',
        'Disagree',
        'Somewhat disagree',
        'Neither agree nor disagree',
        'Somewhat agree',
        'Agree',
        'Strongly agree',
      ],
      subject: (company) => `Was it easy to get help from ${company}?`,
    },
    nps: {
      lead: '',
      question: (company) => `How likely are you to recommend ${company} to a friend or colleague?`,
      labels: ['Not at all likely', '', '', '', '', '', '', '', '', '', 'Extremely likely'],
      subject: (company) => `Would you recommend ${company}?`,
      intro: (company) => `We at ${company} would like to know what you think of us. It takes less than a minute.`,
    },
    pulse: {
      lead: '',
      question: () => 'How was your work in the past weeks?',
      labels: ['Very bad', 'Bad', 'Neither good nor bad', 'Good', 'Very good'],
      subject: (company) => `How is work at ${company}?`,
      intro: () => 'One question about your work. Nobody sees who answered what.',
    },
  },
  drivers: {
    speed: 'How fast it went',
    knowledge: 'How well you knew the matter',
    friendliness: 'How I was treated',
    solution: 'The solution itself',
    effort: 'How much I had to do',
  },
  greeting: (name) => (name ? `Hello ${name},` : 'Hello,'),
  request: (ticketId) => `#${ticketId}`,
  mail: {
    intro: (company, request) =>
      `${company} has marked your request ${request} as solved. Would you tell us how it went? It takes less than a minute.`,
    how: 'Choosing an answer opens a page; that alone records no answer. What you choose or write there may be saved before you press “Send”.',
    expires: (date) => `You can answer, or change your answer, until ${date}.`,
    unsubscribe: 'No more surveys, please',
    unsubscribeWhy: (company) => `You receive this mail because you asked ${company} for help.`,
    scoreLink: (score, label) => `${score}: ${label}`,
  },
  form: {
    title: 'How did it go?',
    about: (request) => `About your request ${request}`,
    comment: 'Anything you would like to add?',
    followUp: {
      low: 'What went wrong?',
      middle: 'What could we do better?',
      high: 'What did we do well?',
    },
    drivers: 'What mattered most?',
    mayContact: (company) => `${company} may contact me about this answer`,
    saved: 'Saved',
    optional: 'optional',
    commentHint: (limit) => `Up to ${number(limit)} characters.`,
    privacy: (company) => `${company}’s support team reads every answer. Please leave out passwords and card numbers.`,
    send: 'Send',
    errorTitle: 'Please check your answer',
    errorPrefix: 'Error: ',
    scoreMissing: 'Choose one of the answers.',
    commentTooLong: (length, limit) =>
      `Your comment has ${number(length)} characters; please shorten it to ${number(limit)}.`,
    changing: (answer) => `You answered “${answer}” before. Sending this form changes your answer.`,
    change: 'Send the change',
  },
  thanks: {
    title: 'Thank you',
    lead: (company) => `Your answer has reached ${company}’s support team.`,
    yourAnswer: 'Your answer',
    yourComment: 'Your comment',
    openUntil: (date) => `You can change it until ${date}.`,
    change: 'Change my answer',
  },
  pulse: {
    open: 'Answer the question',
    how: 'The mail names no answer on purpose: what you choose is known to the page alone.',
    expires: (date) => `You can answer until ${date}.`,
    unsubscribeWhy: (company) => `You receive this mail because you answer requests of ${company}’s customers.`,
    promise:
      'Your answer is anonymous: it is stored without your name, and shown only after the survey has closed and only if at least five people answered. It cannot be changed afterwards. Please write nothing that tells who you are.',
    confirm: {
      title: 'Please confirm your answer',
      text: 'Programs that check mails fill in forms too, so please show that you are none. Nothing has been stored yet.',
      again: (score) => `Type the number of your answer: ${score}`,
      mismatch: 'That is another number than your answer.',
    },
    thanks: {
      title: 'Thank you',
      text: () => 'Your answer was stored without your name. It cannot be changed afterwards.',
    },
    answered: {
      title: 'This link was used already',
      text: () => 'Everybody answers once. Because answers are anonymous, yours cannot be shown or changed.',
    },
  },
  followUp: {
    subject: (company) => `Your answer to ${company}’s survey`,
  },
  thankYou: {
    subject: (company) => `Thank you from ${company}`,
    text: (company, agent) =>
      agent === ''
        ? `Thank you for recommending ${company}. Everybody here was glad to read it.`
        : `Thank you for recommending ${company}. ${agent} and everybody else here were glad to read it.`,
    link: 'Write a review',
  },
  closed: {
    expired: {
      title: 'This survey has closed',
      text: (company) =>
        `The deadline for answers has passed. To give ${company} more feedback, reply to your request.`,
    },
    expiredAnswered: {
      title: 'This survey has closed',
      text: (company) => `Your answer is with ${company}. It can no longer be changed.`,
    },
    unknown: {
      title: 'We do not know this link',
      text: () =>
        'It may be incomplete. Please open it from the mail again, or copy the whole address into your browser.',
    },
    cancelled: {
      title: 'This survey is no longer open',
      text: () => 'You do not need to do anything.',
    },
    busy: {
      title: 'One moment, please',
      text: () => 'There were too many requests from your network. Please try again in a minute.',
    },
    busySending: {
      title: 'One moment, please',
      text: () =>
        'There were too many requests from your network. Your answer is not lost: in a minute, press the button to send it again.',
    },
    tooLarge: {
      title: 'That was too much text',
      text: () => 'Your answer was not saved. Please go back, shorten your comment and send it again.',
    },
    trouble: {
      title: 'That did not work',
      text: () => 'The problem is on our side. Please try again in a few minutes; your link stays valid.',
    },
  },
  unsubscribe: {
    ask: {
      title: 'No more surveys?',
      text: (company) =>
        `Press the button to stop surveys from ${company}. You will still receive mails about your requests.`,
    },
    confirm: 'Stop the surveys',
    done: {
      title: 'No more surveys',
      text: (company) => `${company} will send you no more surveys. You will still receive mails about your requests.`,
    },
    undo: 'Send me surveys again',
    askAgain: {
      title: 'Surveys again?',
      text: (company) => `Press the button to receive surveys from ${company} again.`,
    },
    undone: {
      title: 'Welcome back',
      text: (company) => `You may receive surveys from ${company} again.`,
    },
  },
};
