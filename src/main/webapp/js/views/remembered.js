/** What this browser remembers for convenience: rooms, when the server cannot list them, and the last name. */

const ROOMS = 'parley.rooms';
const NAME = 'parley.name';

/** Storage may be forbidden or full; the page works without it, it only forgets. */
function attempt(f, otherwise) {
  try {
    return f();
  } catch (error) {
    console.warn('Nothing can be remembered in this browser:', error.message);
    return otherwise;
  }
}

export function rememberedRooms() {
  const known = attempt(() => JSON.parse(localStorage.getItem(ROOMS)), null);
  return Array.isArray(known) ? known.filter((name) => typeof name === 'string') : [];
}

export const rememberRooms = (names) => attempt(() => localStorage.setItem(ROOMS, JSON.stringify(names)));
export const rememberedName = () => attempt(() => localStorage.getItem(NAME), null) ?? '';
export const rememberName = (name) => attempt(() => localStorage.setItem(NAME, name));
export const forgetRooms = () => attempt(() => localStorage.removeItem(ROOMS));
