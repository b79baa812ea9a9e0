// A piece of a drawing (SVG), made as texts and attributes, so that nothing a lead or a rule says can become markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {(Node | string)[]} children
 */
export function drawn(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Whether drawings are for a phone: half as wide, so that their words stay as large. */
export const isNarrow = () => matchMedia("(max-width: 40rem)").matches;
