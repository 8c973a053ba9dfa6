/** `Files`, whose modules come when there is a connection: what somebody reads first is not to wait for them. */
export class LazyFiles {
  #options;
  #files = null;

  /** @param {object} options as `Files` */
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
    return new Files(this.#options);
  }

  /** What this user has not finished goes on; if the modules cannot be had now, with the next connection. */
  begin(user) {
    return this.#attempt((files) => files.begin(user));
  }

  /** Signing out does not fail for want of modules: what is kept is kept by the user, and nobody else sees it. */
  forget() {
    return this.#attempt((files) => files.forget());
  }

  async #attempt(f) {
    try {
      await f(await this.load());
    } catch (error) {
      console.warn('Files cannot be sent:', error.message);
    }
  }

  wake() {
    this.#files?.then((files) => files.wake()).catch(() => {});
  }

  end() {
    this.#files?.then((files) => files.end()).catch(() => {});
  }
}

for (const name of ['send', 'pause', 'resume', 'cancel', 'give', 'permit', 'opened']) {
  LazyFiles.prototype[name] = async function (...given) {
    return (await this.load())[name](...given);
  };
}
