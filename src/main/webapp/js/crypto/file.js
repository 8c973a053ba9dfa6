import { concat, fields, fromBase64url, randomBytes, toBase64url, u32, utf8 } from './bytes.js';
import { Unreadable } from './unreadable.js';

/** How a file is sealed; goes with its key in the message. See src/doc/e2ee.md. */
export const FILE_ALG = 'FILE1-HKDF-SHA256-A256GCM-STREAM';
export const CHUNK_BYTES = 65_536;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const MOST_CHUNKS = 2 ** 32;
const SALT = utf8('parley file');

/** How many bytes the sealed form of a file of `size` bytes has. */
export const sealedSize = (size) => size + chunkCount(size) * TAG_BYTES;

const chunkCount = (size) => Math.max(1, Math.ceil(size / CHUNK_BYTES));

/**
 * A key for one file: a fresh one each, so that the nonces may count from 0. The nonce has the chunk's index and
 * whether it is the last one (the STREAM construction), so chunks can be neither reordered, repeated nor cut off.
 */
export class FileKey {
  #key;

  constructor(key) {
    this.#key = key;
  }

  /** @returns {Promise<{fileKey: FileKey, key: string}>} `key`: for the message that carries it */
  static async fresh() {
    const bytes = randomBytes(KEY_BYTES);
    return { fileKey: await derived(bytes), key: toBase64url(bytes) };
  }

  /**
   * @param {string} key of the message
   * @throws {Unreadable}
   */
  static async from(key) {
    const bytes = fromBase64url(key);
    if (bytes?.length !== KEY_BYTES) throw new Unreadable('unverified');
    return derived(bytes);
  }

  /**
   * @param {number} index from 0
   * @param {boolean} last
   * @param {Uint8Array} chunk 65,536 bytes; the last one fewer, an empty file's none
   * @returns {Promise<Uint8Array>} 16 bytes more
   */
  async seal(index, last, chunk) {
    if (!fits(index, last, chunk.length)) throw new RangeError('This is no chunk of a file.');
    return new Uint8Array(await crypto.subtle.encrypt(gcm(index, last), this.#key, chunk));
  }

  /**
   * @param {Uint8Array} sealed
   * @throws {Unreadable} it was altered, or is not this chunk of this file
   */
  async open(index, last, sealed) {
    if (!fits(index, last, sealed.length - TAG_BYTES)) throw new Unreadable('unverified');
    try {
      return new Uint8Array(await crypto.subtle.decrypt(gcm(index, last), this.#key, sealed));
    } catch (error) {
      if (error.name !== 'OperationError') throw error;
      throw new Unreadable('unverified');
    }
  }
}

/** The parts of a file of `size` bytes, or of its sealed form, as `{index, last, start, end}`. */
export function* chunks(size, sealed = false) {
  const tag = sealed ? TAG_BYTES : 0;
  const count = sealed ? Math.max(1, Math.ceil(size / (CHUNK_BYTES + tag))) : chunkCount(size);
  for (let index = 0; index < count; index++) {
    const start = index * (CHUNK_BYTES + tag);
    yield { index, last: index === count - 1, start, end: Math.min(size, start + CHUNK_BYTES + tag) };
  }
}

function fits(index, last, length) {
  if (index >= MOST_CHUNKS) return false;
  if (!last) return length === CHUNK_BYTES;
  return length <= CHUNK_BYTES && (length > 0 || index === 0);
}

async function derived(bytes) {
  const secret = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: SALT, info: fields('file key', FILE_ALG) };
  return new FileKey(await crypto.subtle.deriveKey(hkdf, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']));
}

const gcm = (index, last) => ({
  name: 'AES-GCM',
  iv: concat(new Uint8Array(7), u32(index), Uint8Array.of(last ? 1 : 0)),
  additionalData: fields('file chunk', FILE_ALG),
});
