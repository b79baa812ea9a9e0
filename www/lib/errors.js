// The one kind of error that this package throws.

/** Thrown when a call makes no sense, and when the engine stopped. `code` is stable, `help` says what to do. */
export class CadansError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {string} help
   * @param {ErrorOptions} [options]
   */
  constructor(code, message, help, options) {
    super(message, options);
    this.name = /** @type {const} */ ("CadansError");
    this.code = code;
    this.help = help;
  }
}

/**
 * @param {string} code
 * @param {string} message
 * @param {string} help
 * @param {unknown} [cause]
 * @returns {CadansError}
 */
export const refuse = (code, message, help, cause) => new CadansError(code, message, help, cause === undefined ? {} : { cause });

/**
 * What an error says; for something else that was thrown, what it is as text.
 * @param {unknown} error
 * @returns {string}
 */
export function saidBy(error) {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return "a value that has no text"; // a revoked proxy, an object without a prototype
  }
}
