const VERSION = 1;
const STORE = 'transfers';

/**
 * Uploads that are not stored yet, in IndexedDB: they outlive a reload and a closed browser, with what is needed to find the
 * file again. All tabs of the application share it. Ids begin with the time, so they are in the order of their beginning.
 *
 * @typedef {object} TransferEntry
 * @property {string} id
 * @property {string} user whose it is
 * @property {string} room
 * @property {string} name of the file
 * @property {number} size of the file, in bytes
 * @property {object | null} image what is shown of it: `{width, height, thumbnail?}`
 * @property {object} begin what the server is told of it, see `upload.js`
 * @property {object | null} [secret] what only this browser knows of it
 * @property {string | null} sha256 of what is sent; null until that is computed
 * @property {string | null} transfer what the server calls it; null until it has begun
 * @property {Blob | null} file
 * @property {FileSystemFileHandle | null} handle
 * @property {boolean} paused
 * @property {boolean} cancelled the server is still to be told
 */
export class TransferJournal {
  #open;
  #opened = null;

  /**
   * @param {IDBFactory} factory
   * @param {string} name of the database
   */
  constructor(factory, name) {
    this.#open = () => open(factory, name);
  }

  /** @returns {Promise<TransferEntry[]>} */
  entries(user) {
    return this.#run('readonly', (store) => store.index('user').getAll(user));
  }

  /** @returns {Promise<TransferEntry | undefined>} */
  entry(id) {
    return this.#run('readonly', (store) => store.get(id));
  }

  /**
   * @param {TransferEntry} entry
   * @throws {DOMException} e.g. `QuotaExceededError`; nothing is stored then
   */
  put(entry) {
    return this.#run('readwrite', (store) => store.put(entry));
  }

  /** Changes members of an entry; nothing happens if it is no longer there. */
  change(id, changes) {
    return this.#run('readwrite', (store) => {
      const found = store.get(id);
      found.onsuccess = () => found.result && store.put({ ...found.result, ...changes });
      return found;
    });
  }

  remove(id) {
    return this.#run('readwrite', (store) => store.delete(id));
  }

  clear(user) {
    return this.#run('readwrite', (store) => {
      const found = store.index('user').getAllKeys(user);
      found.onsuccess = () => found.result.forEach((id) => store.delete(id));
      return found;
    });
  }

  async #run(mode, use) {
    const database = await this.#database();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = use(transaction.objectStore(STORE));
      // Only a completed transaction is stored; a successful request may still be undone by the quota.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async #database() {
    this.#opened ??= this.#open();
    try {
      return await this.#opened;
    } catch (error) {
      this.#opened = null;
      throw error;
    }
  }
}

function open(factory, name) {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, VERSION);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' }).createIndex('user', 'user');
    request.onsuccess = () => {
      // A later version of the page in another tab must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}
