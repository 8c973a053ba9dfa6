const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MARKED = 'åƀçđéƒǵĥîĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇĐÉƑǴĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ';

const marked = new Map([...PLAIN].map((letter, i) => [letter, [...MARKED][i]]));

/** Letters with marks and a third longer: what is not from a catalogue, and what has no room to grow, shows. */
function marks(text) {
  const letters = text.replace(/\{[^}]*\}|./gsu, (part) => (part.length > 1 ? part : (marked.get(part) ?? part)));
  return `[${letters}${'·'.repeat(Math.floor(text.length / 3))}]`;
}

/** English texts in a language nobody speaks, from right to left, for tests. */
export const pseudo = (en) =>
  Object.fromEntries(
    Object.entries(en).map(([key, text]) => [
      key,
      typeof text === 'string' ? marks(text) : Object.fromEntries(Object.entries(text).map(([form, each]) => [form, marks(each)])),
    ]),
  );
