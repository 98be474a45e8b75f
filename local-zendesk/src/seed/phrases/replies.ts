// Phrases of customers who follow up, and of agents' replies.

/** Chasing comments of customers who wait. */
export const CHASERS: readonly string[] = [
  'hello?? anybody there',
  'any news on this?',
  'its been {days} days now. is anyone reading these',
  'STILL WAITING',
  'Could someone please answer me. I wrote {days} days ago.',
  'i see you answer people on instagram but not here. nice',
  'bump',
  'Following up on my message. This is getting urgent, we leave on {weekday}.',
  '???',
  'second time writing. what do i have to do to get a reply',
  'just checking if you got my mail',
  'If I dont hear back today I go somewhere else.',
  'sorry to bother you again but i really need an answer',
  'ok so you are ignoring me now',
  'Are you closed or something? please reply',
  'update: same problem today. pls help',
  'can a human look at this please',
  'I am getting quite annoyed, to be honest.',
  'waited an hour on the phone too. no luck. please look at this ticket',
  'anything? even a "we are on it" would be nice',
];

/** First answers of agents that leave the ticket waiting for the customer. */
export const QUESTIONS: readonly string[] = [
  'Hi {name}, thanks for writing to us. Could you send us a photo and the order number, please? Then I can look at it right away. Best, {agent}',
  'Hello {name}, sorry for the trouble! Which address did you use when you ordered? I cannot find the order under this one. {agent}',
  'Hi {name}, I would like to check this with our warehouse. Is the parcel label still on the box? If so, please tell me the number on it. {agent}',
  'Good morning {name}, may I ask when it happened first, and on which phone or computer? That helps us find the cause. Kind regards, {agent}',
  'Hi {name}, happy to help. Would you rather have a replacement or send it back? Just reply to this mail. {agent}',
];

/** First answers of agents who are still working on it. */
export const PROMISES: readonly string[] = [
  'Hi {name}, thank you for your patience. I have passed this to our warehouse and will come back to you by tomorrow. {agent}',
  'Hello {name}, I am sorry about this. We are looking into it with the carrier; I will write as soon as I know more. {agent}',
  'Hi {name}, I have asked my colleague from finance to check. You do not need to do anything for now. Best wishes, {agent}',
  'Hi {name}, I could see the same problem here and our technicians have it. I will let you know. {agent}',
];

/** Last answers, with which agents solve a ticket. */
export const SOLUTIONS: readonly string[] = [
  'Hi {name}, this is done now. Is there anything else I can do? Have a good trip! {agent}',
  'Hello {name}, I have taken care of it and you will get a confirmation by mail. Sorry again for the wait. {agent}',
  'Hi {name}, good news: it is sorted. Please write again if anything is not right. Best, {agent}',
  'Hi {name}, thanks for bearing with us, that should be it. Enjoy the outdoors! {agent}',
];

/** Internal notes of agents to each other. */
export const NOTES: readonly string[] = [
  'Called the warehouse, they look for the box tomorrow morning.',
  'Customer was friendly on the phone. Second contact this month.',
  'Same issue as in two other tickets this week, worth a look.',
  'Goodwill is fine here, long-time customer.',
];

/** Customers who reopen a solved ticket. */
export const REOPENERS: readonly string[] = [
  'no it is NOT solved. same thing again today',
  'thanks but it still doesnt work',
  'i got your mail but nothing arrived. please reopen this',
  'sorry, one more thing: this only fixed half of it',
  'Why did you close this? I am still waiting.',
];
