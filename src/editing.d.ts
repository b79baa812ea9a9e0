// What the functions for authors of rules take and give, for TypeScript. Only the editing module has them.

/** How an example of a pack went. */
export interface ExampleResult {
  /** Name of the pack, and its file. */
  pack: string;
  file: string;
  /** Name of the example, and where it stands. */
  name: string;
  span: Span;
  passed: boolean;
  /** What the example expects, as its author wrote it. */
  expected: string;
  /** The advice in words, with its reason and what was blocked. */
  came: string;
  /** What differs from what is expected, a sentence each; absent when it passed. */
  differs?: string[];
  /** The advice; absent when the example could not be run. */
  advice?: Advice;
}
