import { roomName } from './room-name.js';

const PREFIX = 'sealed.';

/** As the server tells them, by their names alone. */
export const isSealed = (room) => room?.startsWith(PREFIX) === true || room?.includes(`.${PREFIX}`) === true;

/** @returns {string | null} the name of a sealed room for what somebody typed; null if that is no name */
export function sealedName(typed) {
  const name = roomName(typed);
  if (name === null) return null;
  return isSealed(name) ? name : roomName(PREFIX + name);
}
