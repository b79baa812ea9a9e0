// What the importing module takes and gives, for TypeScript.

/** What the files are: `csv` and `event-log` need a mapping (docs/lead-format.md). */
export type ImportKind = "csv" | "event-log" | "hubspot" | "salesforce" | "pipedrive" | "segment" | "mautic";

/** A file to import. Its name tells the tables of a system apart. */
export interface ImportFile {
  name: string;
  bytes: Uint8Array;
}

/** How files are imported. */
export interface ImportOptions {
  /** Which column is what, and what activities mean, as mapping.schema.json tells. */
  mapping?: object;
  /** Leaves out what happened after this moment. */
  until?: string;
  /** Whether every cell that is not in the leads, or not as it was written, is listed. */
  tell?: boolean;
  /** The language of the reasons: "en", as without it, or "nl". */
  language?: string;
}

/** The leads of some files, and what did not become a lead; or what is wrong with the mapping: one of both. */
export interface Imported {
  /** A lead file: JSON text. */
  leads?: string;
  /** How many leads are in it. */
  size?: number;
  /** The records that were refused, in the order of the files. */
  refused?: ImportRemark[];
  /** What was taken in with a doubt, or counted because it is no signal by nature. */
  noted?: ImportRemark[];
  /** The cells and fields that are not in the leads. */
  told?: ImportTold[];
  /** The moment of the newest signal. */
  newest?: string;
  /** What is wrong with the mapping. */
  mapping?: ImportRemark[];
}

/** A record or field with a reason. */
export interface ImportRemark {
  lead?: string;
  /** The field; empty when the whole record is meant. */
  path: string;
  /** The kind of reason, the same in every language: `import-no-column`. */
  code: string;
  /** In one sentence without a full stop. */
  reason: string;
  /** The line on which the record begins, from 1. */
  line?: number;
}

/** A piece of the files that is not in the leads. */
export interface ImportTold {
  file: string;
  row: number | null;
  column: string | null;
  text: string;
  /** The kind of reason, the same in every language. */
  code: string;
  reason: string;
}
