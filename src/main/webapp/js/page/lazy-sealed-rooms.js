/**
 * `SealedRooms`, whose modules come when they are needed first, or when the page has nothing better to do: most rooms are
 * not sealed, and the first message is not to wait for cryptography.
 */
export class LazySealedRooms {
  #options;
  #rooms = null;

  /** @param {object} options as `SealedRooms` */
  constructor(options) {
    this.#options = options;
  }

  /** @returns {Promise<import('./sealed-rooms.js').SealedRooms>} */
  load() {
    this.#rooms ??= this.#make().catch((error) => {
      this.#rooms = null;
      throw error;
    });
    return this.#rooms;
  }

  async #make() {
    const { SealedRooms } = await import('./sealed-rooms.js');
    return new SealedRooms(this.#options);
  }

  /** @returns {Promise<'not-loaded' | 'insecure' | 'no-storage' | 'no-key' | null>} as `SealedRooms.lock` */
  async lock(room) {
    let rooms;
    try {
      rooms = await this.load();
    } catch (error) {
      console.warn('Encrypted rooms cannot be opened:', error.message);
      return 'not-loaded';
    }
    return rooms.lock(room);
  }

  /** Events keep their order: all wait for the same promise. */
  happened(event) {
    this.load().then(
      (rooms) => rooms.happened(event),
      () => {
        // Its room says that it cannot be opened, and why.
      },
    );
  }
}

for (const name of ['make', 'keep', 'invitation', 'rooms', 'exported', 'imported', 'forget', 'seal', 'opened', 'search']) {
  LazySealedRooms.prototype[name] = async function (...given) {
    return (await this.load())[name](...given);
  };
}
