import { exportKeys, importKeys } from '../crypto/key-export.js';
import { KeyRing } from '../crypto/key-ring.js';
import { inviteLink } from '../crypto/link.js';
import { Opener } from '../crypto/opener.js';
import { newSecret } from '../crypto/room-key.js';
import { Sealer } from '../crypto/sealer.js';
import { SealedLog } from '../store/sealed-log.js';
import { keyRoom } from './topics.js';
import { searchSealed } from './sealed-search.js';

/** Where somebody without Web Cryptography stands: a page that came over plain HTTP from another machine. */
const hasCryptography = () => globalThis.isSecureContext && Boolean(globalThis.crypto?.subtle);

/**
 * What happens in sealed rooms, opened: the events of `js/client/parley.js` in their order, as they would come from a
 * room in the clear. Nothing that is opened here leaves the page.
 */
export class SealedRooms {
  #ring;
  #application;
  #tell;
  #me;
  #rooms = new Map();
  #pending = new Map();

  /**
   * @param {object} options
   * @param {string} options.name of the database with the keys
   * @param {string} options.application its address, for invitations
   * @param {(event: object) => void} options.tell
   * @param {() => string | null} options.me the user's id
   */
  constructor({ name, application, tell, me }) {
    this.#application = application;
    this.#ring = hasCryptography() && globalThis.indexedDB ? new KeyRing(indexedDB, name) : null;
    this.#tell = tell;
    this.#me = me;
  }

  /** @returns {Promise<'insecure' | 'no-storage' | 'no-key' | null>} why the room cannot be opened; null if it can */
  lock(room) {
    // All wait for the same promise, so that events keep their order.
    if (!this.#pending.has(room)) this.#pending.set(room, this.#open(room).finally(() => this.#pending.delete(room)));
    return this.#pending.get(room);
  }

  async #open(room) {
    if (this.#ring === null) return 'insecure';
    if (this.#rooms.has(room)) return null;
    const key = await attempt(() => this.#ring.get(room), 'no-storage');
    if (key === null) return 'no-key';
    if (key === 'no-storage') return key;
    this.#rooms.set(room, new OpenRoom(key, this.#tell, this.#me));
    return null;
  }

  /** Makes a room's secret, unless one is here. */
  make(room) {
    return attempt(async () => (await this.#ring?.get(room)) ?? this.#ring?.put(room, newSecret()));
  }

  /**
   * Keeps the secret of a link. Another one for the same room stays unless `replace` says that somebody wants it so:
   * else a link could make somebody write for whoever made it.
   *
   * @returns {Promise<boolean>} false: there is another one; where nothing can be kept, `lock` will say so
   */
  keep(link, { replace = false } = {}) {
    return this.#ring === null ? true : attempt(() => this.#keep(link, replace), true);
  }

  async #keep({ room, secret }, replace) {
    const there = (await this.#ring.get(room)) !== null;
    if (there && equal(await this.#ring.secret(room), secret)) return true;
    if (there && !replace) return false;
    await this.#ring.put(room, secret);
    this.#rooms.delete(room);
    return true;
  }

  /** @returns {Promise<string>} the link that opens the room, for somebody who asked for it */
  async invitation(room) {
    return inviteLink(this.#application, room, await this.#ring.secret(room));
  }

  /** @returns {Promise<string[]>} the rooms whose keys are here */
  async rooms() {
    return this.#ring === null ? [] : attempt(() => this.#ring.rooms(), []);
  }

  /** @returns {Promise<string>} a file with the keys of all rooms */
  async exported(passphrase) {
    const keys = (await this.rooms()).map(async (room) => ({ room, secret: await this.#ring.secret(room) }));
    return exportKeys(await Promise.all(keys), passphrase);
  }

  /**
   * Takes keys out of a file; those of rooms that have another one here are left out.
   *
   * @returns {Promise<string[]>} the rooms that can be read now
   * @throws {import('../crypto/unreadable.js').Unreadable}
   */
  async imported(file, passphrase) {
    const rooms = [];
    for (const key of await importKeys(file, passphrase)) if (await this.keep(key)) rooms.push(key.room);
    return rooms;
  }

  async forget() {
    this.#rooms.clear();
    await attempt(() => this.#ring?.clear());
  }

  /** An event of a sealed room. What was not sent when the page ended comes before anybody has opened the room. */
  happened(event) {
    const name = keyRoom(event.room);
    if (this.#rooms.has(name)) this.#rooms.get(name).happened(event);
    else this.lock(name).then(() => (this.#rooms.has(name) ? this.#rooms.get(name).happened(event) : this.#tell(event)));
  }

  /**
   * @param {string} place the room that it will be published in
   * @returns {Promise<object>} the body of a message of the kind `sealed`
   * @throws {RangeError} it is too large, or is about a message that is not here
   */
  async seal(place, kind, body) {
    // Somebody may write before the key was read.
    await this.lock(keyRoom(place));
    return this.#rooms.get(keyRoom(place)).seal(place, kind, body);
  }

  /** @returns {Promise<object[]>} messages that were asked for, opened; see `SealedLog.shown` */
  opened(room, messages) {
    return this.#rooms.get(room).opened(messages);
  }

  /**
   * @param {(before: number, limit: number) => Promise<{messages: object[], more: boolean}>} older fetches what is not here
   * @returns {Promise<{messages: object[], more: boolean}>} as `Archive.search`
   */
  search(room, words, older) {
    const open = this.#rooms.get(room);
    const read = async (before, limit) => {
      const { messages, more } = await older(before, limit);
      await open.opened(messages);
      return more;
    };
    return searchSealed(words, { shown: () => open.shown, older: read });
  }
}

/** A room whose key is here, with its topic. */
class OpenRoom {
  #key;
  #opener;
  #tell;
  #me;
  #places = new Map();
  #last = Promise.resolve();

  constructor(key, tell, me) {
    this.#key = key;
    this.#opener = new Opener(key);
    this.#tell = tell;
    this.#me = me;
  }

  #place(name) {
    if (!this.#places.has(name)) this.#places.set(name, { name, log: new SealedLog(), sealer: null });
    return this.#places.get(name);
  }

  async seal(name, kind, { target, ...body }) {
    const place = this.#place(name);
    const content = { kind, body };
    if (target !== undefined) {
      content.body.target = place.log.reference(target);
      if (content.body.target === null) throw new RangeError('The message that this is about is not here.');
    }
    if (!place.sealer?.isOf(this.#key, this.#me())) place.sealer = new Sealer(this.#key, name, this.#me());
    return place.sealer.seal(content);
  }

  /** Events wait for each other, as opening one takes longer than another. */
  happened(event) {
    this.#inTurn(() => (ABOUT_MESSAGES[event.type] ?? this.#passOn).call(this, event)).catch(reportError);
  }

  #inTurn(f) {
    const result = this.#last.then(f);
    // Whoever asked is told of a failure; the next one does not wait for that.
    this.#last = result.catch(() => {});
    return result;
  }

  #passOn(event) {
    this.#tell(event);
  }

  async page(event) {
    this.#place(event.room).log.begin(event.epoch);
    await this.messages(event);
  }

  async messages(event) {
    const messages = await this.#opened(event.room, event.messages);
    this.#tell({ ...event, messages });
  }

  /** What somebody writes here, in this tab or another, is opened as everything else is. */
  async leaving(event) {
    const { log, name } = this.#place(event.room);
    const { unreadable, kind, body } = await log.opened(this.#opener, name, { from: this.#me(), kind: event.kind, body: event.body });
    if (unreadable) this.#tell({ ...event, body: {}, unreadable });
    else this.#tell({ ...event, kind, body: body.target ? { ...body, target: body.target.seq } : body });
  }

  opened(messages) {
    return this.#inTurn(() => this.#opened(this.#key.room, messages));
  }

  async #opened(room, messages) {
    const { log, name } = this.#place(room);
    const changed = log.add(await Promise.all(messages.map((message) => log.opened(this.#opener, name, message))));
    if (changed.length > 0) this.#tell({ type: 'replaced', room, messages: changed.map((seq) => log.shown(seq)) });
    return messages.map(({ seq }) => log.shown(seq));
  }

  get shown() {
    const { log } = this.#place(this.#key.room);
    return log.newestFirst.map((seq) => log.shown(seq));
  }
}

const { page, messages, leaving } = OpenRoom.prototype;
const ABOUT_MESSAGES = { page, messages, sending: leaving, restored: leaving };

/** A private window, or a browser that keeps nothing for this page. */
async function attempt(f, otherwise) {
  try {
    return await f();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    console.warn('Keys cannot be kept in this browser:', error.message);
    return otherwise;
  }
}

const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
