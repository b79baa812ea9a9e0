// How times are taken: engine and hand-written JavaScript in turn, in one process, round by round.
//
// A ratio compares an engine with the JavaScript just before and just after it, so that a machine that slows down slows both; the median over
// the rounds is what is told. Times are processor time where the platform tells it (Node), because other programs may be running; the wall
// clock stands beside it. Nothing is timed before all decisions have been compared.

import { checksum } from "./workload/leads.mjs";

/** Processor time and wall clock in milliseconds. A browser tells the wall clock only. */
export function clock() {
  const wall = performance.now();
  if (!globalThis.process?.cpuUsage) return { cpu: wall, wall };
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1_000, wall };
}

/** What one run of `task` takes, when it is run `repeats` times. `task.timed` keeps its own time: a program beside this one. */
async function spent(task, repeats) {
  if (task.timed) return task.timed(repeats);
  const before = clock();
  for (let i = 0; i < repeats; i++) {
    const done = task.decide();
    if (done instanceof Promise) await done;
  }
  const after = clock();
  return { cpu: (after.cpu - before.cpu) / repeats, wall: (after.wall - before.wall) / repeats };
}

/** Runs a task until it is warm; tells how often to run it so that a sample lasts `sample` milliseconds. */
async function warmUp(task, { warm, sample }) {
  let runs = 0;
  let total = 0;
  while (total < warm || runs < 1) {
    total += (await spent(task, 1)).cpu;
    runs += 1;
  }
  return Math.max(1, Math.ceil(sample / (total / runs)));
}

export function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times tasks against a measure. Each is `{ decide, items }`, and `items` is how many leads one run decides.
 * `pace` has the number of rounds, how long to warm up and how long a sample lasts; `pace.tasks` the last two for tasks that take long;
 * `pace.by` the time whose ratio is told (`cpu` or `wall`), `cpu` where it is left out.
 * Gives per task, in order: microseconds a lead (`cpu`, `wall`) and `ratio` to the measure; the measure itself comes first.
 */
export async function inTurn(measure, tasks, pace) {
  const by = pace.by ?? "cpu";
  const measureRepeats = await warmUp(measure, pace);
  const repeats = [];
  for (const task of tasks) repeats.push(await warmUp(task, pace.tasks ?? pace));
  const perItem = (task, { cpu, wall }) => ({ cpu: cpu * 1_000 / task.items, wall: wall * 1_000 / task.items });
  const ofMeasure = async () => perItem(measure, await spent(measure, measureRepeats));
  const measured = [];
  const samples = tasks.map(() => []);
  for (let round = 0; round < pace.rounds; round += 1) {
    for (let turn = 0; turn < tasks.length; turn += 1) {
      const place = (turn + round) % tasks.length; // nobody always comes after the same neighbour
      const before = await ofMeasure();
      const own = perItem(tasks[place], await spent(tasks[place], repeats[place]));
      const after = await ofMeasure();
      measured.push(before, after);
      samples[place].push({ ...own, ratio: own[by] / ((before[by] + after[by]) / 2) });
    }
  }
  const figures = (all) => ({ cpu: median(all.map(({ cpu }) => cpu)), wall: median(all.map(({ wall }) => wall)) });
  return [
    { ...figures(measured), ratio: 1, items: measure.items },
    ...samples.map((all) => ({ ...figures(all), ratio: median(all.map(({ ratio }) => ratio)) })),
  ];
}

/** Runs a task once and fails unless it decides as the measure did. */
export async function agree(label, task, { first, mask }) {
  const done = task.decide();
  if (done instanceof Promise) await done;
  const own = await task.answer();
  const expected = checksum({ first: first.subarray(0, task.items), mask: mask.subarray(0, task.items) });
  if (checksum(own) === expected) return;
  const apart = own.first.findIndex((_, lead) => own.first[lead] !== first[lead] || own.mask[lead] !== mask[lead]);
  throw new Error(
    `${label} decides otherwise than hand-written JavaScript, first at lead ${apart}: rule ${own.first[apart]} of set ` +
    `${own.mask[apart]?.toString(2)} instead of ${first[apart]} of ${mask[apart].toString(2)}. Nothing was timed.`,
  );
}
