// The types of workbook.js, of what the page uses of it.

/** The sheets of a workbook (XLSX) with their cells, row by row. A moment is a Date whose UTC fields are what the cell shows. */
export function readWorkbook(bytes: ArrayBuffer): Promise<{ sheet: string; data: unknown[][] }[]>;
