/**
 * `Files`, whose modules come when somebody sends or fetches a file, or has left one unfinished: most people come to read.
 */
export class LazyFiles {
  #options;
  #user = null;
  #files = null;

  /**
   * @param {object} options as `Files`, and:
   * @param {(error: Error) => void} options.missing told when the modules cannot be had
   */
  constructor(options) {
    this.#options = options;
  }

  /** @returns {Promise<import('./files.js').Files>} */
  load() {
    this.#files ??= this.#make().catch((error) => {
      this.#files = null;
      throw error;
    });
    return this.#files;
  }

  async #make() {
    const { Files } = await import('./files.js');
    const files = new Files(this.#options);
    if (this.#user !== null) await files.begin(this.#user);
    return files;
  }

  /**
   * What this user has not finished goes on; if the modules cannot be had now, with the next connection.
   *
   * @param {{id: string}} user who is signed in
   */
  async begin(user) {
    this.#user = user;
    try {
      if (this.#files !== null || (await this.#unfinished())) await (await this.load()).begin(user);
    } catch (error) {
      console.warn('Unfinished files have to wait:', error.message);
    }
  }

  async #unfinished() {
    if (this.#user === null || !globalThis.indexedDB) return false;
    const { TransferJournal } = await import('../client/transfer-journal.js');
    const entries = await new TransferJournal(indexedDB, this.#options.name).entries(this.#user.id);
    return entries.length > 0;
  }

  /**
   * @param {string} room
   * @param {import('./chosen.js').Chosen[]} chosen
   */
  async send(room, chosen) {
    let files;
    try {
      files = await this.load();
    } catch (error) {
      this.#options.missing(error);
      return;
    }
    await files.send(room, chosen);
  }

  /** Signing out does not fail for want of modules: what is kept is kept by the user, and nobody else sees it. */
  async forget() {
    try {
      if (this.#files !== null || (await this.#unfinished())) await (await this.load()).forget();
    } catch (error) {
      console.warn('Unfinished files are kept:', error.message);
    }
  }

  wake() {
    this.#files?.then((files) => files.wake()).catch(() => {});
  }

  end() {
    this.#files?.then((files) => files.end()).catch(() => {});
  }
}

for (const name of ['pause', 'resume', 'cancel', 'give', 'permit', 'opened']) {
  LazyFiles.prototype[name] = async function (...given) {
    return (await this.load())[name](...given);
  };
}
