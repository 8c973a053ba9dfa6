import { concat } from '../crypto/bytes.js';
import { CHUNK_BYTES, sealedSize } from '../crypto/file.js';

/** Of AES-GCM, behind each chunk. */
const TAG_BYTES = 16;
const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;

/**
 * The sealed form of a file, made as it is read. The same key seals the same bytes at the same index each time, so a part
 * may be read again; that the file is still the same is for whoever reads to make sure, before anything of it is sent.
 */
export class SealedSource {
  #plain;
  #key;
  #sealed = { index: -1, bytes: null };

  /**
   * @param {import('../client/source.js').Source} plain
   * @param {import('../crypto/file.js').FileKey} key of this file alone
   */
  constructor(plain, key) {
    this.#plain = plain;
    this.#key = key;
    this.size = sealedSize(plain.size);
  }

  async read(start, end) {
    const parts = [];
    for (let index = Math.floor(start / SEALED_BYTES); index * SEALED_BYTES < end; index++) {
      const from = index * SEALED_BYTES;
      const bytes = await this.#chunk(index);
      parts.push(bytes.subarray(Math.max(0, start - from), end - from));
    }
    return parts.length === 1 ? parts[0] : concat(...parts);
  }

  async #chunk(index) {
    if (this.#sealed.index === index) return this.#sealed.bytes;
    const [start, end] = [index * CHUNK_BYTES, Math.min(this.#plain.size, (index + 1) * CHUNK_BYTES)];
    const bytes = await this.#key.seal(index, end === this.#plain.size, await this.#plain.read(start, end));
    this.#sealed = { index, bytes };
    return bytes;
  }
}

/** Opens a sealed file from its bytes as they come, however they are cut. */
export class SealedSink {
  #key;
  #size;
  #total;
  #index = 0;
  #pending = [];
  #waiting = 0;
  #parts = [];
  #opened = 0;

  /**
   * @param {import('../crypto/file.js').FileKey} key
   * @param {number} size of the file, as its message says
   */
  constructor(key, size) {
    this.#key = key;
    this.#size = size;
    this.#total = sealedSize(size);
  }

  /**
   * @param {Uint8Array} bytes the next ones
   * @throws {import('../crypto/unreadable.js').Unreadable} they were altered, or are of another file
   */
  async take(bytes) {
    this.#pending.push(bytes);
    this.#waiting += bytes.length;
    while (this.#waiting >= this.#next && this.#index * SEALED_BYTES < this.#total) await this.#open();
  }

  get #next() {
    return Math.min(SEALED_BYTES, this.#total - this.#index * SEALED_BYTES);
  }

  async #open() {
    const [length, index] = [this.#next, this.#index++];
    const all = concat(...this.#pending);
    const rest = all.subarray(length);
    this.#pending = rest.length > 0 ? [rest] : [];
    this.#waiting = rest.length;
    const last = this.#index * SEALED_BYTES >= this.#total;
    const plain = await this.#key.open(index, last, all.subarray(0, length));
    this.#parts.push(plain);
    this.#opened += plain.length;
  }

  /** @returns {Blob | null} all of it; null: something is missing, or there was more */
  blob(type) {
    return this.#opened === this.#size && this.#waiting === 0 ? new Blob(this.#parts, { type }) : null;
  }
}
