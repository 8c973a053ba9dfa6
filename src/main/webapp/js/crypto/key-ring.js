import { randomBytes, utf8 } from './bytes.js';
import { RoomKey } from './room-key.js';

const VERSION = 1;
const ROOMS = 'rooms';
const WRAPPING = 'wrapping';
const NONCE_BYTES = 12;

/**
 * The rooms that this browser can read, in IndexedDB. A room's secret is there twice: as a key that the browser uses and
 * gives to nobody, and, for an invitation, sealed by a second such key of this browser. So the bytes are in the page's
 * memory only while somebody copies an invitation. It is no protection against whoever can run code in this page, or
 * reads the browser's files: see "stolen device" in src/doc/e2ee.md.
 */
export class KeyRing {
  #factory;
  #name;
  #opened = null;

  /**
   * @param {IDBFactory} factory
   * @param {string} name of the database
   */
  constructor(factory, name) {
    this.#factory = factory;
    this.#name = name;
  }

  /** Keeps a room's secret. One that was there before is replaced. */
  async put(room, secret) {
    const { secret: key, keyId } = await RoomKey.from(room, secret);
    const nonce = randomBytes(NONCE_BYTES);
    const wrapped = await crypto.subtle.encrypt(gcm(room, nonce), await this.#wrapping(), secret);
    await this.#run(ROOMS, 'readwrite', (store) => store.put({ room, keyId, key, nonce, wrapped }));
  }

  /** @returns {Promise<RoomKey | null>} */
  async get(room) {
    const entry = await this.#run(ROOMS, 'readonly', (store) => store.get(room));
    return entry ? RoomKey.of(room, entry.key) : null;
  }

  /** The bytes of a room's secret, for an invitation or an export that somebody asked for. */
  async secret(room) {
    const { nonce, wrapped } = await this.#run(ROOMS, 'readonly', (store) => store.get(room));
    return new Uint8Array(await crypto.subtle.decrypt(gcm(room, nonce), await this.#wrapping(), wrapped));
  }

  /** @returns {Promise<string[]>} */
  rooms() {
    return this.#run(ROOMS, 'readonly', (store) => store.getAllKeys());
  }

  async clear() {
    await this.#run(ROOMS, 'readwrite', (store) => store.clear());
  }

  async #wrapping() {
    const find = (store) => store.get(WRAPPING);
    const known = await this.#run(WRAPPING, 'readonly', find);
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    // Another tab may have made one meanwhile: the first counts.
    await this.#run(WRAPPING, 'readwrite', (store) => {
      const there = store.get(WRAPPING);
      there.onsuccess = () => there.result ?? store.put(made, WRAPPING);
      return there;
    });
    return this.#run(WRAPPING, 'readonly', find);
  }

  async #run(name, mode, use) {
    this.#opened ??= open(this.#factory, this.#name);
    const database = await this.#opened.catch((error) => {
      this.#opened = null;
      throw error;
    });
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = use(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

const gcm = (room, iv) => ({ name: 'AES-GCM', iv, additionalData: utf8(room) });

function open(factory, name) {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ROOMS, { keyPath: 'room' });
      request.result.createObjectStore(WRAPPING);
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}
