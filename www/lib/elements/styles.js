// The style sheets of the elements, constructed, so that a page's `style-src 'self'` holds.
//
// Colours and sizes are custom properties of the host page (--cadans-…); light and dark follow its `color-scheme`, forced colours those of the system.

/** @param {string} text */
function sheet(text) {
  if (typeof CSSStyleSheet === "undefined") return /** @type {CSSStyleSheet} */ ({});
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

export const SHARED = sheet(`
:host {
  --_paper: var(--cadans-paper, light-dark(#ffffff, #1e2325));
  --_ink: var(--cadans-ink, light-dark(#1c2321, #e9ece9));
  --_faint: var(--cadans-faint, light-dark(#56605d, #a9b4b0));
  --_line: var(--cadans-line, light-dark(#d6d7cf, #3b4345));
  --_accent: var(--cadans-accent, light-dark(#0b5c4a, #6fd3b5));
  --_accent-ink: var(--cadans-accent-ink, light-dark(#ffffff, #0d1b17));
  --_wash: var(--cadans-wash, light-dark(#e3f1ec, #16352d));
  --_late: var(--cadans-late, light-dark(#8a4300, #f0b35f));
  --_error: var(--cadans-error, light-dark(#a81e1e, #ff9d94));
  --_radius: var(--cadans-radius, 6px);
  --_mono: var(--cadans-mono, ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace);
  display: block; container-type: inline-size;
  font: var(--cadans-font, 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif);
  color: var(--_ink); background-color: var(--_paper); text-align: start;
}
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
h3, h4, p, ul, ol, dl, dd, fieldset, legend { margin: 0; padding: 0; }
h3 { font-size: 1.125em; line-height: 1.3; }
h4 { font-size: 1em; margin-block: 1em .25em; }
fieldset { border: 0; min-width: 0; }
table, .conditions, details { position: relative; }
small { font-size: .8125em; color: var(--_faint); }
[hidden] { display: none !important; }
.quiet { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; border-radius: 3px; }
button, select, input[type="text"], input[type="number"], input[type="datetime-local"] {
  font: inherit; color: var(--_ink); background-color: var(--_paper); border: 1px solid var(--_line); border-radius: var(--_radius);
  padding: .25em .7em; min-height: 2.25em; max-width: 100%;
}
button { cursor: pointer; }
button:hover { border-color: var(--_accent); }
button.main { color: var(--_accent-ink); background-color: var(--_accent); border-color: var(--_accent); }
a { color: var(--_accent); text-underline-offset: 2px; }
button.link {
  display: inline; min-height: 0; padding: 0; border: 0; background: none; text-align: start; color: var(--_accent);
  text-decoration: underline; text-underline-offset: 2px;
}
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25em 1em; }
dt { color: var(--_faint); }
dd small { display: block; }
.fault { color: var(--_error); }
.fault:empty { display: none; }
.empty { padding: 1em; color: var(--_faint); }
@media (forced-colors: active) { .chosen { forced-color-adjust: none; color: HighlightText; background-color: Highlight; } .chosen * { color: HighlightText !important; } }
`);

export const QUEUE = sheet(`
.day { display: grid; gap: 1em; align-items: start; }
@container (min-width: 46em) { .day { grid-template-columns: minmax(0, 10fr) minmax(0, 11fr); } }
/* Positioned, so that what only listeners get scrolls along. */
.list { position: relative; max-height: var(--cadans-list-height, 34em); overflow: auto; border: 1px solid var(--_line); border-radius: var(--_radius); }
.heading {
  position: sticky; top: 0; z-index: 1; padding: .3em .75em; background-color: var(--_paper); border-bottom: 1px solid var(--_line);
  font-size: .875em; font-weight: 650; color: var(--_faint);
}
.heading b { font-weight: 400; font-variant-numeric: tabular-nums; }
.late > .heading { color: var(--_late); }
.row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75em; padding: .45em .75em; border-bottom: 1px solid var(--_line); cursor: pointer; }
.row:hover { background-color: color-mix(in srgb, var(--_wash) 45%, var(--_paper)); }
.row.chosen { background-color: var(--_wash); box-shadow: inset 3px 0 var(--_accent); }
.row > * { overflow-wrap: anywhere; }
.row .lead { color: var(--_faint); font-size: .875em; }
.row .when { text-align: end; font-size: .875em; font-variant-numeric: tabular-nums; }
.row.chosen .lead, .row.chosen small { color: var(--_ink); }
.row .when small { display: block; }
.overdue { color: var(--_late); }
.more { margin-top: .5em; }
.card { border: 1px solid var(--_line); border-radius: var(--_radius); padding: .9em 1em 1em; }
.of { color: var(--_faint); font-size: .875em; }
.reason { margin-block: .25em .75em; }
.notes { padding-inline-start: 1.1em; }
.acts { display: flex; flex-wrap: wrap; gap: .5em; margin-top: 1em; }
form { margin-top: 1em; padding-top: .75em; border-top: 1px solid var(--_line); display: grid; gap: .6em; }
legend { font-weight: 650; margin-bottom: .25em; }
.choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(12em, 1fr)); gap: .1em .75em; }
.choices label { display: flex; gap: .5em; align-items: baseline; padding-block: .2em; }
.pairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(12em, 1fr)); gap: .6em; }
.field { display: grid; gap: .15em; }
.field > * { width: 100%; }
.check { display: flex; gap: .5em; align-items: baseline; }
input[type="radio"], input[type="checkbox"] { accent-color: var(--_accent); }
.keys { margin-top: .4em; }
`);

export const WHY = sheet(`
section { overflow-wrap: anywhere; }
h3 + p { margin-bottom: .75em; }
ul { padding-inline-start: 1.1em; }
li { margin-bottom: .35em; }
li small { display: block; }
summary { cursor: pointer; }
table { width: 100%; border-collapse: collapse; margin-top: .35em; }
th, td { text-align: start; vertical-align: top; font-weight: 400; padding: .25em .75em .25em 0; border-bottom: 1px solid var(--_line); }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.product { font-variant-numeric: tabular-nums; }
.conditions { list-style: none; padding-inline-start: 0; }
.conditions li::before { display: inline-block; width: 1.2em; font-weight: 700; }
.conditions .holds::before { content: "✓" / ""; color: var(--_accent); }
.conditions .fails::before { content: "✗" / ""; color: var(--_error); }
code { font: .875em var(--_mono); }
.review { margin-top: 1em; color: var(--_faint); }
`);

export const RULES = sheet(`
:host {
  --_comment: var(--cadans-comment, light-dark(#5d6662, #9aa5a1));
  --_word: var(--cadans-word, light-dark(#0b5c4a, #6fd3b5));
  --_name: var(--cadans-name, light-dark(#7a3a00, #f0b98a));
  --_fact: var(--cadans-fact, light-dark(#1d4f91, #9cc4ff));
  --_number: var(--cadans-number, light-dark(#8a1c5c, #f3a6d0));
}
.bar { display: flex; flex-wrap: wrap; gap: .5em 1em; align-items: end; margin-bottom: .5em; }
.bar label { display: grid; gap: .15em; }
.editor { position: relative; height: var(--cadans-editor-height, 30em); overflow: hidden; border: 1px solid var(--_line); border-radius: var(--_radius); background-color: var(--_paper); }
.editor:focus-within { border-color: var(--_accent); outline: 2px solid var(--_accent); }
.sheet, textarea {
  margin: 0; padding: .5rem .5rem .5rem 3.4rem; font: .8125rem/1.6 var(--_mono); letter-spacing: 0; tab-size: 4; white-space: pre-wrap; overflow-wrap: break-word;
}
textarea {
  position: absolute; inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; outline: 0; resize: none; overflow-y: scroll;
  background: none; color: transparent; caret-color: var(--_ink);
}
textarea::selection { color: transparent; background-color: color-mix(in srgb, var(--_accent) 30%, transparent); }
.sheet { position: absolute; inset: 0 auto auto 0; color: var(--_ink); counter-reset: line; pointer-events: none; }
.sheet div { position: relative; counter-increment: line; }
.sheet div::before {
  content: counter(line); position: absolute; left: -3.4rem; top: 0; bottom: 0; width: 2.75rem; padding-inline-end: .6rem; text-align: end;
  color: var(--_faint); font-variant-numeric: tabular-nums;
}
.sheet .at-error::before { color: var(--_error); font-weight: 700; }
.sheet .at-warning::before { color: var(--_late); font-weight: 700; }
.comment { color: var(--_comment); }
.statement, .clause, .keyword, .operator { color: var(--_word); }
.ruleName, .text { color: var(--_name); }
.subject, .fact, .ownFact, .setting, .constant { color: var(--_fact); }
.number, .unit { color: var(--_number); }
.sheet .error, .sheet .warning, .sheet .note { text-decoration: underline wavy 1px var(--_faint); text-underline-offset: 3px; }
.sheet .error { text-decoration-color: var(--_error); }
.sheet .warning { text-decoration-color: var(--_late); }
#count { margin-block: .5em; }
#count.error { color: var(--_error); }
.findings { list-style: none; max-height: 18em; overflow: auto; }
.findings li { margin-top: .5em; padding-inline-start: .75em; border-inline-start: 3px solid var(--_line); }
.findings .error { border-color: var(--_error); }
.findings .warning { border-color: var(--_late); }
.findings small { display: block; }
summary { cursor: pointer; }
details { margin-top: .75em; }
details ul { list-style: none; }
details li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75em; padding-block: .25em; border-bottom: 1px solid var(--_line); }
details legend { font-weight: 650; padding-top: .5em; }
details output { font-variant-numeric: tabular-nums; }
details input { grid-column: 1 / -1; accent-color: var(--_accent); width: 100%; }
details input[type="checkbox"] { width: auto; justify-self: start; }
details li small { grid-column: 1 / -1; }
@media (forced-colors: active) { .sheet { forced-color-adjust: none; color: CanvasText; } .sheet span { color: CanvasText; } textarea { forced-color-adjust: none; color: transparent; caret-color: CanvasText; } }
`);
