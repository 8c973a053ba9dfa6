import { TransferJournal } from '../client/transfer-journal.js';
import { Transfers } from '../client/transfers.js';
import { opened, sealedOffer, sourceOf } from './sealed-files.js';
import { isSealed } from './sealed-name.js';
import { thumbnail } from './thumbnail.js';

/** RFC 6838 section 4.2, without parameters. */
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/u;
const UNKNOWN_TYPE = 'application/octet-stream';

/** The files that somebody sends from this page. */
export class Files {
  #transfers;
  #tabs;

  /**
   * @param {object} options
   * @param {URL} options.url the application
   * @param {string} options.name of the database
   * @param {() => import('../client/tabs.js').Tabs | null} options.tabs
   * @param {() => Promise<object>} options.whoAmI
   * @param {(event: object) => void} options.tell
   * @param {(room: string, body: object, id: string) => Promise<boolean>} options.publish the message of a file in a
   *   sealed room: the server cannot write it
   */
  constructor({ url, name, tabs, whoAmI, tell, publish }) {
    this.#tabs = tabs();
    this.#transfers = new Transfers({
      url,
      tabs: this.#tabs,
      whoAmI,
      journal: globalThis.indexedDB ? new TransferJournal(indexedDB, name) : null,
      emit: tell,
      sourceOf,
      onStored: async ({ room, secret }, { file, message }) => secret === null || publish(room, { file, ...secret }, message),
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
      const type = mediaType(file.type);
      const image = await thumbnail(file);
      const offer = isSealed(room)
        ? await sealedOffer(room, { name, type, size, image })
        : { begin: { room, name, mime: type, size, ...(image === null ? {} : { image }) } };
      await this.#transfers.add({ room, file, handle, image, ...offer });
    }
  }

  /**
   * Fetches a file of a sealed room, opened; see `sealed-files.js`.
   *
   * @param {object} body of its message
   */
  opened(body) {
    return opened(this.#transfers, body);
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

  /** Lets go of everything; what was ended is of no more use. */
  end() {
    this.#transfers.end();
    this.#tabs?.close();
  }

  forget() {
    return this.#transfers.forget();
  }
}

function mediaType(type) {
  const bare = type.split(';')[0].trim().toLowerCase();
  return MEDIA_TYPE.test(bare) ? bare : UNKNOWN_TYPE;
}
