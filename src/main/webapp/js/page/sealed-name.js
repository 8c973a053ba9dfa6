import { roomName } from './room-name.js';

const PREFIX = 'sealed.';
/** A room's topic is the value of a `latest` room of its own: the newest one is there without reading the log. */
export const TOPICS = 'state.topic.';

/** As the server tells them, by their names alone. */
export const isSealed = (room) => room?.startsWith(PREFIX) === true || room?.includes(`.${PREFIX}`) === true;

/** @returns {string} the room whose key seals what is in this one: of a topic its room */
export const keyRoom = (room) => (room.startsWith(TOPICS) ? room.slice(TOPICS.length) : room);

/** @returns {string | null} the room with a room's topic, if there can be one */
export const topicRoom = (room) => ([...(TOPICS + room)].length <= 64 ? TOPICS + room : null);

/** @returns {string | null} the name of a sealed room for what somebody typed; null if that is no name */
export function sealedName(typed) {
  const name = roomName(typed);
  if (name === null) return null;
  return isSealed(name) ? name : roomName(PREFIX + name);
}
