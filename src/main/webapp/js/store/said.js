/** A name as long as some file systems allow is cut in its middle: its end says what it is. */
const HEAD = 48;
const TAIL = 16;

/** Characters that are not seen, or that turn what is behind them around (UAX #9): U+202E makes `exe.jpg` of `gpj.exe`. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
/** Joins letters of some scripts and parts of emoji, and turns nothing around. */
const JOINERS = new Set(['‌', '‍']);

const code = (character) => `⟨${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/**
 * A file's name as it may be shown: what cannot be seen in it is there as its code. The name itself stays as it was given.
 *
 * @param {unknown} name
 * @returns {string}
 */
export function shownName(name) {
  if (typeof name !== 'string' || name === '') return '?';
  return name.replaceAll(HIDDEN, (character) => (JOINERS.has(character) ? character : code(character)));
}

/** @returns {string} the same, and not longer than a line or two */
export function shortName(name) {
  const characters = [...shownName(name)];
  if (characters.length <= HEAD + TAIL) return characters.join('');
  return `${characters.slice(0, HEAD).join('')}…${characters.slice(-TAIL).join('')}`;
}

/**
 * What a message says in words: its text, or the name of its file.
 *
 * @param {{kind: string, body: object}} message
 * @returns {string | null} null: there is nothing to read
 */
export function said({ kind, body }) {
  if (kind === 'file') return typeof body.name === 'string' ? shortName(body.name) : null;
  return typeof body.text === 'string' ? body.text : null;
}
