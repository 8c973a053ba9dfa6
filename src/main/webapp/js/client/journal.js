const VERSION = 1;
const STORE = 'publishes';

/**
 * Publishes that have no ack yet, in IndexedDB: they outlive a reload, a closed tab and a closed browser. All tabs of
 * the application share it. Entries keep the order in which they were added, whichever tab added them.
 *
 * @typedef {{order?: number, id: string, user: string, name: string, room: string, kind: string, body: object, expect?: number,
 *   time: number, error?: object | null}} Entry `user`, `name`: whose it is; `error`: the server refused it, a person has
 *   to decide
 */
export class IndexedDbJournal {
  #open;

  /**
   * @param {IDBFactory} factory
   * @param {string} name of the database; applications below several context paths of one origin need several
   */
  constructor(factory, name) {
    this.#open = () => open(factory, name);
  }

  /** @returns {Promise<Entry[]>} of one user, in the order in which they were added */
  async entries(user) {
    const all = await this.#run('readonly', (store) => store.index('user').getAll(user));
    return all.sort((a, b) => a.order - b.order);
  }

  /** @returns {Promise<Entry[]>} of everybody but one user, in the order in which they were added */
  async others(user) {
    const all = await this.#run('readonly', (store) => store.getAll());
    return all.filter((entry) => entry.user !== user);
  }

  /**
   * Puts what `change` makes of them in the place of all these entries, or of none.
   *
   * @param {string} user
   * @param {(entry: Entry) => boolean} which of the user's
   * @param {(entry: Entry) => Entry} change keeps `order`
   * @returns {Promise<Entry[]>} the entries as they were
   */
  async replace(user, which, change) {
    const all = await this.#run('readwrite', (store) => {
      const found = store.index('user').getAll(user);
      found.onsuccess = () => found.result.filter(which).forEach((entry) => store.put(change(entry)));
      return found;
    });
    return all.filter(which);
  }

  /**
   * @param {Entry} entry without `order`
   * @returns {Promise<number>} its order; the entry is stored by then
   * @throws {DOMException} e.g. `QuotaExceededError`; nothing is stored then
   */
  add(entry) {
    return this.#run('readwrite', (store) => store.add(entry));
  }

  /** Changes members of an entry; nothing happens if it is no longer there. */
  change(id, changes) {
    return this.#run('readwrite', (store) => {
      const found = store.index('id').get(id);
      found.onsuccess = () => found.result && store.put({ ...found.result, ...changes });
      return found;
    });
  }

  remove(id) {
    return this.#run('readwrite', (store) => {
      const found = store.index('id').getKey(id);
      found.onsuccess = () => found.result !== undefined && store.delete(found.result);
      return found;
    });
  }

  /**
   * @param {string} user
   * @param {(entry: Entry) => boolean} [which] of the user's; all by default
   * @returns {Promise<Entry[]>} what was there and no longer is
   */
  async clear(user, which = () => true) {
    const all = await this.#run('readwrite', (store) => {
      const found = store.index('user').getAll(user);
      found.onsuccess = () => found.result.filter(which).forEach(({ order }) => store.delete(order));
      return found;
    });
    return all.filter(which);
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
    this.opened ??= this.#open();
    try {
      return await this.opened;
    } catch (error) {
      this.opened = null;
      throw error;
    }
  }
}

function open(factory, name) {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, VERSION);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: 'order', autoIncrement: true });
      store.createIndex('id', 'id', { unique: true });
      store.createIndex('user', 'user');
    };
    request.onsuccess = () => {
      // A later version of the page in another tab must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}
