// Leads from a file.

export default {
  loading: "Loading the sample leads…",
  load: "Load leads…",
  sample: "Back to the sample",
  from: { one: "{n} lead from {file}", other: "{n} leads from {file}" },
  theSample: "the sample",
  reading: "Reading {file}…",
  progress: "Reading {file}: {percent} %",
  unreadable: "{file} could not be read. Is it still where it was?",
  notKept: "This browser keeps no leads: after a reload the sample is there again.",
  drop: "Drop the file to load its leads",
  refusedSome: { one: "{n} record could not be used; {kept}", other: "{n} records could not be used; {kept}" },
  can: { one: "{n} lead can", other: "{n} leads can" },
  noneCan: "none can",
  line: "Line {line}",
  theFile: "The file",
  more: "And {n} more.",
};
