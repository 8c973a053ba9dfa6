import { isSealed } from './sealed-name.js';

/** A room's topic is the value of a `latest` room of its own: the newest one is there without reading the log. */
const PREFIX = 'state.topic.';
/** Characters of a room's name; the server takes no more. */
const NAME_LENGTH = 64;
const HASH_LENGTH = 11;

/** @returns {boolean} whether a room is there for the topic of another one */
export const holdsTopic = (room) => room.startsWith(PREFIX);

/**
 * The room that has another one's topic. Of a name that is too long to stand behind the prefix, the first characters and
 * a number made of all of them.
 *
 * @param {string} room
 * @returns {string | null} null if there can be none: what a sealed room's topic is sealed with is found by its name
 */
export function topicRoom(room) {
  const left = NAME_LENGTH - PREFIX.length;
  const characters = [...room];
  if (characters.length <= left) return PREFIX + room;
  if (isSealed(room)) return null;
  return `${PREFIX}${characters.slice(0, left - HASH_LENGTH - 1).join('')}.${hash(room)}`;
}

/** @returns {string} the room whose key seals what is in this one: of a topic its room */
export const keyRoom = (room) => (holdsTopic(room) ? room.slice(PREFIX.length) : room);

/** 52 bits: two FNV-1a hashes of 32 bits with different beginnings. */
function hash(text) {
  const part = (seed) => {
    let value = seed;
    for (const character of text) value = Math.imul(value ^ character.codePointAt(0), 0x01000193);
    return (value ^ (value >>> 15)) >>> 0;
  };
  const bits = (part(0x811c9dc5) & 0xfffff) * 2 ** 32 + part(0x9747b28c);
  return bits.toString(36).padStart(HASH_LENGTH, '0');
}
