const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const RANDOM_CHARACTERS = 16;

/**
 * The id of a publish: 12 hexadecimal digits of the time in ms, a hyphen, 96 random bits. It begins with the time so
 * that the server's index of ids grows at its end; random ids cost it half its speed.
 *
 * @param {import('./clock.js').Clock} clock
 * @param {import('./clock.js').Random} random
 * @returns {string} 29 characters of `[A-Za-z0-9_-]`
 */
export function publishId(clock, random) {
  const time = Math.max(0, Math.floor(clock.now())).toString(16).padStart(12, '0').slice(-12);
  const tail = Array.from(random.bytes(RANDOM_CHARACTERS), (byte) => ALPHABET[byte & 63]).join('');
  return `${time}-${tail}`;
}
