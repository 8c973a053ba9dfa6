import { TransferJournal } from '../client/transfer-journal.js';
import { Transfers } from '../client/transfers.js';
import { thumbnail } from './thumbnail.js';

/** RFC 6838 section 4.2, without parameters. */
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/u;
const UNKNOWN_TYPE = 'application/octet-stream';

/** The files that somebody sends from this page. */
export class Files {
  #transfers;

  /**
   * @param {object} options
   * @param {URL} options.url the application
   * @param {string} options.name of the database
   * @param {import('../client/tabs.js').Tabs | null} options.tabs
   * @param {() => Promise<object>} options.whoAmI
   * @param {(event: object) => void} options.tell
   */
  constructor({ url, name, tabs, whoAmI, tell }) {
    this.#transfers = new Transfers({
      url,
      tabs,
      whoAmI,
      journal: globalThis.indexedDB ? new TransferJournal(indexedDB, name) : null,
      emit: tell,
    });
  }

  /** @param {{id: string}} user who is signed in */
  begin(user) {
    return this.#transfers.begin(user);
  }

  /**
   * @param {string} room
   * @param {import('./chosen.js').Chosen[]} chosen
   */
  async send(room, chosen) {
    for (const { file, handle } of chosen) {
      const { name, size } = file;
      const image = await thumbnail(file);
      const begin = { room, name, mime: mediaType(file.type), size, ...(image === null ? {} : { image }) };
      await this.#transfers.add({ room, file, handle, image, begin });
    }
  }

  pause(id) {
    this.#transfers.pause(id);
  }

  resume(id) {
    this.#transfers.resume(id);
  }

  cancel(id) {
    this.#transfers.cancel(id);
  }

  /** @param {import('./chosen.js').Chosen} chosen the file that is asked for */
  give(id, { file, handle }) {
    return this.#transfers.give(id, file, handle);
  }

  permit(id) {
    return this.#transfers.permit(id);
  }

  wake() {
    this.#transfers.wake();
  }

  end() {
    this.#transfers.end();
  }

  forget() {
    return this.#transfers.forget();
  }
}

function mediaType(type) {
  const bare = type.split(';')[0].trim().toLowerCase();
  return MEDIA_TYPE.test(bare) ? bare : UNKNOWN_TYPE;
}
