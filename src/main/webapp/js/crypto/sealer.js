import { randomBytes } from './bytes.js';
import { COUNTERS, seal } from './envelope.js';
import { STREAM_BYTES } from './room-key.js';

/**
 * Seals one sender's messages to one room, under a stream of its own. Stream and counter live in memory only and are
 * never restored, so another tab, a crash, or a profile from a backup begins another stream, under another key, and no
 * pair of key and nonce comes twice.
 */
export class Sealer {
  #roomKey;
  #header;
  #key = null;
  #next = 0;

  /**
   * @param {import('./room-key.js').RoomKey} roomKey
   * @param {string} place the room that the messages are published in
   * @param {string} sender the user's id
   */
  constructor(roomKey, place, sender) {
    this.#roomKey = roomKey;
    this.#header = { place, sender, stream: randomBytes(STREAM_BYTES) };
  }

  /** Whether messages of this sender are sealed here. */
  isOf(roomKey, sender) {
    return this.#roomKey.keyId === roomKey.keyId && this.#header.sender === sender && this.#next < COUNTERS;
  }

  /**
   * @param {import('./envelope.js').Content} content
   * @returns {Promise<import('./envelope.js').Envelope>}
   * @throws {RangeError} the content is too large; or this stream is at its end
   */
  async seal(content) {
    if (this.#next >= COUNTERS) throw new RangeError('This stream is at its end.');
    // Taken before anything is waited for: two calls at once must not get the same one.
    const ctr = this.#next++;
    this.#key ??= this.#roomKey.messageKey(this.#header, 'encrypt');
    return seal(this.#roomKey, await this.#key, this.#header, ctr, content);
  }
}
