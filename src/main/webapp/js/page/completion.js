import { EMOJI } from './emoji.js';

const SHOWN = 8;
/** A name may have spaces, so what follows an `@` is looked at as far as it still is the beginning of somebody's name. */
const LONGEST_NAME = 40;

/**
 * What somebody is about to write at the caret.
 *
 * @param {string} text
 * @param {number} caret
 * @param {{id: string, name: string}[]} users who can be mentioned
 * @returns {{start: number, end: number, choices: {label: string, insert: string, user?: object}[]} | null}
 */
export function completion(text, caret, users) {
  const before = text.slice(0, caret);
  return emoji(before) ?? mention(before, users);
}

function emoji(before) {
  const match = /(?:^|[\s(])(:([a-z0-9_+-]{2,}):?)$/iu.exec(before);
  if (!match) return null;
  const query = match[2].toLowerCase();
  const choices = findEmoji(query).map(([name, sign]) => ({ label: `${sign} :${name}:`, insert: `${sign} ` }));
  return found(before, match[1].length, choices);
}

function mention(before, users) {
  const at = before.lastIndexOf('@');
  if (at < 0 || before.length - at > LONGEST_NAME + 1 || (at > 0 && !/[\s(]/u.test(before[at - 1]))) return null;
  const query = before.slice(at + 1).toLocaleLowerCase();
  const fits = (name) => name.startsWith(query) || name.split(/\s+/u).some((word) => word.startsWith(query));
  const choices = users
    .filter(({ name }) => fits(name.toLocaleLowerCase()))
    .map((user) => ({ label: `@${user.name}`, insert: `@${user.name} `, user }));
  return found(before, before.length - at, choices);
}

function found(before, length, choices) {
  if (choices.length === 0) return null;
  return { start: before.length - length, end: before.length, choices: choices.slice(0, SHOWN) };
}

/** @returns {[string, string][]} short names and signs, those that begin so first */
export function findEmoji(query) {
  const rank = (name) => (name === query ? 0 : name.startsWith(query) ? 1 : 2);
  const fits = (name) => name.startsWith(query) || name.includes(`_${query}`) || (query.length > 2 && name.includes(query));
  return EMOJI.filter(([name]) => fits(name)).sort(([a], [b]) => rank(a) - rank(b));
}

/** Short names that somebody typed whole, without choosing them from the list. */
export function withEmoji(text) {
  return text.replace(/(^|[\s(]):([a-z0-9_+-]+):(?=$|[\s).,!?])/giu, (whole, lead, name) => {
    const sign = SIGNS.get(name.toLowerCase());
    return sign ? lead + sign : whole;
  });
}

const SIGNS = new Map(EMOJI);

/** The users among `chosen` whose mention is still in the text. */
export function mentionsIn(text, chosen) {
  const ids = new Map(chosen.filter(({ name }) => text.includes(`@${name}`)).map(({ id, name }) => [id, { id, name }]));
  return [...ids.values()];
}
