// What the page uses of read-excel-file, in one file: www/vendor/workbook.js.

export { default as readWorkbook } from "read-excel-file/universal";
