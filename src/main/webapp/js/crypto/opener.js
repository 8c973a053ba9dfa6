import { open, parse } from './envelope.js';
import { Unreadable } from './unreadable.js';

/** Streams whose keys are kept; deriving one again costs as much as opening a few messages. */
const KEPT = 256;

/** Opens what was sealed for one room. Whether it is new and in its place is for `Streams` to say. */
export class Opener {
  #roomKey;
  #keys = new Map();

  /** @param {import('./room-key.js').RoomKey} roomKey */
  constructor(roomKey) {
    this.#roomKey = roomKey;
  }

  /**
   * @param {string} place the room that it came in
   * @param {string} sender who the server says has sent it: a wrong one is found
   * @param {unknown} body
   * @returns {Promise<import('./envelope.js').Content & {stream: string, ctr: number}>}
   * @throws {Unreadable}
   */
  async open(place, sender, body) {
    const { stream, ctr, ct } = parse(this.#roomKey, body);
    const header = { place, sender, stream };
    let key;
    try {
      key = await this.#key(header, body.stream);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new Unreadable('unverified');
    }
    return { ...(await open(this.#roomKey, key, header, ctr, ct)), stream: body.stream, ctr };
  }

  #key(header, stream) {
    const name = `${header.place} ${stream} ${header.sender}`;
    let key = this.#keys.get(name);
    if (!key) {
      key = this.#roomKey.messageKey(header, 'decrypt');
      if (this.#keys.size >= KEPT) this.#keys.delete(this.#keys.keys().next().value);
      this.#keys.set(name, key);
    }
    return key;
  }
}
