import { concat, fields, randomBytes, toBase64url, u64, utf8 } from './bytes.js';

/** How messages of a link room are sealed; named in every envelope. See src/doc/e2ee.md. */
export const ALG = 'LINK1-HKDF-SHA256-A256GCM';
export const SECRET_BYTES = 32;
export const STREAM_BYTES = 16;
const SALT = utf8('parley link room');

/** @returns {Uint8Array} a new room's secret */
export const newSecret = () => randomBytes(SECRET_BYTES);

/**
 * What a room's secret is good for. The secret itself cannot be had from it.
 *
 * A key of AES-GCM does not commit to its key: one ciphertext can be made that opens under two. Here `keyId`, which is
 * checked first, does: two secrets with one `keyId` are a collision of HMAC-SHA-256.
 */
export class RoomKey {
  #secret;
  #keyId;

  /** @param {CryptoKey} secret for HKDF, not extractable */
  constructor(room, secret, keyId) {
    this.room = room;
    this.#secret = secret;
    this.#keyId = keyId;
    this.keyId = toBase64url(keyId);
  }

  /**
   * @param {string} room
   * @param {Uint8Array} secret 32 bytes
   */
  static async from(room, secret) {
    if (secret.length !== SECRET_BYTES) throw new RangeError(`A room's secret has ${SECRET_BYTES} bytes.`);
    return RoomKey.of(room, await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey', 'deriveBits']));
  }

  /** @param {CryptoKey} secret that `from` made */
  static async of(room, secret) {
    const bits = await crypto.subtle.deriveBits(hkdf(fields('key id', ALG, room)), secret, 256);
    return new RoomKey(room, secret, new Uint8Array(bits));
  }

  /** @returns {CryptoKey} to be stored; the browser does not give its bytes away */
  get secret() {
    return this.#secret;
  }

  /**
   * @param {Header} header
   * @param {'encrypt' | 'decrypt'} usage
   * @returns {Promise<CryptoKey>} for all messages of one stream
   *
   * @typedef {{place: string, sender: string, stream: Uint8Array}} Header `place`: the name of the room that the
   *   message is published in: the room itself, or the room with its topic
   */
  messageKey({ place, sender, stream }, usage) {
    const info = fields('message key', ALG, this.#keyId, place, sender, stream);
    return crypto.subtle.deriveKey(hkdf(info), this.#secret, { name: 'AES-GCM', length: 256 }, false, [usage]);
  }

  /** @returns {Uint8Array} what is authenticated beside the ciphertext */
  associated({ place, sender, stream }, ctr) {
    return concat(fields('message', ALG, this.#keyId, place, sender, stream), u64(ctr));
  }
}

const hkdf = (info) => ({ name: 'HKDF', hash: 'SHA-256', salt: SALT, info });
