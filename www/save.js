// Saving a text as a file.

/**
 * What of the file system access API is used, where a browser has it.
 * @typedef {{ createWritable: () => Promise<{ write: (text: string) => Promise<void>, close: () => Promise<void> }> }} Handle
 */

/**
 * Saves a text as a file: where the user says, else among the downloads.
 * @param {string} name
 * @param {string} text
 * @param {string} kind what such files are called
 * @returns {Promise<boolean>} whether it was saved; the user may have thought better of it
 */
export async function saveFile(name, text, kind) {
  const pick = /** @type {{ showSaveFilePicker?: (options: object) => Promise<Handle> }} */ (globalThis).showSaveFilePicker;
  if (pick) {
    try {
      const handle = await pick({ suggestedName: name, types: [{ description: kind, accept: { "text/plain": [name.slice(name.lastIndexOf("."))] } }] });
      const file = await handle.createWritable();
      await file.write(text);
      await file.close();
      return true;
    } catch (fault) {
      if (Object(fault).name === "AbortError") return false;
      // A browser may have it and yet forbid it, as in a frame.
    }
  }
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  [link.href, link.download] = [address, name];
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}
