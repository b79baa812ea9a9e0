// What a rep does with an advice.

export default {
  title: "What you do with it",
  done: "Done",
  outcome: "How it went",
  channel: "How you reached them",
  adapt: "I did it in another way",
  adapted: "Done that way",
  decline: "I decline it",
  reason: "Why not",
  declined: "Decline",
  snooze: "Put off until",
  hour: "in an hour",
  tomorrow: "tomorrow morning",
  monday: "next Monday",
  count: { one: "{n} thing done, kept in this browser", other: "{n} things done, kept in this browser" },
  save: "Save as signals",
  undo: "Take the last one back",
  taken: "Noted for {lead}. Next: {next}.",
  last: "Noted for {lead}. This list is done.",
  notKept: "Noted for {lead}, but this browser keeps nothing after you leave.",
};
