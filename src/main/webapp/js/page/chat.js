import { fills } from '../store/room.js';
import { allWaiting, Store } from '../store/store.js';
import { reason, t } from '../words/words.js';
import { newClient, storageName, tabsOf } from './client.js';
import { LazyFiles } from './lazy-files.js';
import { LazySealedRooms } from './lazy-sealed-rooms.js';
import { Markers } from './markers.js';
import { News } from './news.js';
import { remembered } from './remembered.js';
import { isSealed } from './sealed-name.js';
import { holdsTopic, topicRoom } from './topics.js';
import { Typing } from './typing.js';

/** Where somebody who knows no room yet begins. */
const FIRST_ROOM = 'lobby';
const PAGE = 50;
/** How many messages before and behind one that somebody goes to are fetched with it. */
const CONTEXT = 25;

/** What a person does on the page, and what the client tells; the views show `store`. Knows no element. */
export class Chat {
  store = new Store();
  /** Whether its rooms are all of this user's: one may be open before the server has told of the others. */
  knowsRooms = false;
  /** @type {LazyFiles} */
  files;
  #url;
  #parley = null;
  #sealed;
  #unsubscribe = () => {};
  #news;
  #markers;
  #typing = new Typing(this.store);

  /**
   * @param {object} options
   * @param {URL} options.url the application
   * @param {(text: string) => void} options.say reads a text out
   * @param {(message: object, room: string) => void} options.notify shows a message to somebody who looks elsewhere
   */
  constructor({ url, say, notify }) {
    this.#url = url;
    this.#news = new News({ say, notify });
    this.#renew();
  }

  get state() {
    return this.store.state;
  }

  get room() {
    return this.state.rooms[this.state.active] ?? null;
  }

  #renew() {
    this.knowsRooms = false;
    this.#parley = newClient(this.#url);
    this.#unsubscribe = this.#parley.subscribe((event) => this.#happened(event));
    this.#markers = new Markers(this.#parley, () => this.state.rooms);
    this.#sealed = new LazySealedRooms({
      name: `${storageName(this.#url)} keys`,
      application: this.#url.href,
      tell: (event) => this.#told(event),
      me: () => this.state.me?.id ?? null,
    });
    const name = `${storageName(this.#url)} files`;
    this.files = new LazyFiles({
      url: this.#url,
      name,
      tabs: () => tabsOf(name),
      whoAmI: () => this.#parley.signIn.whoAmI(),
      tell: (event) => this.store.dispatch(event),
      missing: () => this.store.dispatch({ type: 'warning', error: { message: t('files.not-loaded') } }),
      publish: (room, body, id) => this.#sealed.lock(room).then((lock) => lock === null && this.#publish('file', body, room, id)),
    });
  }

  /** The keys of sealed rooms. */
  get sealed() {
    return this.#sealed;
  }

  /** @returns {Promise<boolean>} whether somebody is signed in; true also if that is not known yet */
  async begin() {
    const { answer, user } = await this.#parley.signIn.whoAmI();
    if (answer === 'nobody') return false;
    if (user) {
      this.store.dispatch({ type: 'user', user });
      // What was not sent is there before anything new can be written behind it.
      await this.#parley.belongsTo(user);
    }
    this.#parley.connect();
    return true;
  }

  /** @throws {import('../client/session.js').SignInError} */
  async signIn(name) {
    const user = await this.#parley.signIn.signIn(name);
    remembered.name = name;
    this.store.dispatch({ type: 'user', user });
    await this.#parley.belongsTo(user);
    this.#parley.connect();
  }

  /** @throws {import('../client/session.js').SignInError} */
  async signOut() {
    await this.#parley.signOut();
    await this.#parley.forget();
    await this.#sealed.forget();
    await this.files.forget();
    remembered.forget();
    this.reset();
  }

  /** A client of its own for whoever comes next: rooms and what is not sent are the last one's. */
  reset() {
    this.#unsubscribe();
    this.#parley.close();
    this.files.end();
    this.store.dispatch({ type: 'signed-out' });
    this.#renew();
  }

  open(room) {
    this.store.dispatch({ type: 'opened', room });
    this.#join(room);
    this.#followTopic();
  }

  async #join(room) {
    if (isSealed(room)) {
      const lock = await this.#sealed.lock(room);
      this.store.dispatch({ type: 'lock', room, lock });
      if (lock !== null) return;
    }
    this.#parley.join(room);
  }

  /** Opens a sealed room again with the key that is here now. */
  unlock(room) {
    for (const each of [room, topicRoom(room)].filter(Boolean)) this.#parley.leave(each);
    return this.#join(room);
  }

  /** @returns {Promise<number>} of how many rooms the file had keys that can be used */
  async importKeys(file, passphrase) {
    const rooms = await this.#sealed.imported(file, passphrase);
    for (const { name, lock } of Object.values(this.state.rooms)) if (lock === 'no-key' && rooms.includes(name)) this.#join(name);
    return rooms.length;
  }

  /** Which class a room has is known once it was joined; only the open one's topic is worth a subscription. */
  #followTopic() {
    const { name, class: roomClass, epoch } = this.room;
    const topics = topicRoom(name);
    if (epoch !== null && roomClass === 'log' && topics !== null) this.#parley.join(topics);
  }

  /** What is not sent there is given up: nobody would see it any more. */
  leave(room) {
    for (const { id } of this.state.rooms[room]?.outgoing ?? []) this.#parley.discard(id);
    // Unfollow, and not only leave: else the room is back with the next visit. Without a connection it is only left.
    for (const each of [room, topicRoom(room)].filter(Boolean)) this.#parley.unfollow(each).catch(onlyRequests);
    remembered.keepDraft(room, '');
    this.store.dispatch({ type: 'forgotten', room });
  }

  /**
   * @param {string} text
   * @param {{mentions?: object[], reply?: {seq: number, name: string, text: string} | null}} [with]
   * @returns {Promise<boolean>} whether it can no longer be lost
   */
  say(text, { mentions: mentioned = [], reply = null } = {}) {
    return this.#publish('text', withoutEmpty({ text, mentions: mentioned, reply }));
  }

  edit(target, text, { mentions: mentioned = [] } = {}) {
    const reply = target.body.reply ?? null;
    return this.#publish('edit', withoutEmpty({ target: target.seq, text, mentions: mentioned, reply }));
  }

  remove(seq) {
    return this.#publish('delete', { target: seq });
  }

  /** Gives a reaction, or takes it back. */
  react(message, emoji) {
    const given = message.reactions?.some((each) => each.emoji === emoji && each.from.includes(this.state.me.id)) ?? false;
    return this.#publish('react', withoutEmpty({ target: message.seq, emoji, remove: given }));
  }

  setTopic(topic) {
    const room = topicRoom(this.state.active);
    if (room !== null) return this.#publish('x-topic', { topic }, room);
    this.store.dispatch({ type: 'warning', error: { message: t('sealed.no-topic') } });
    return Promise.resolve(false);
  }

  #publish(kind, body, room = this.state.active, id = undefined) {
    return this.#keep(async () => {
      if (isSealed(room)) await this.#parley.publish(room, 'sealed', await this.#sealed.seal(room, kind, body), undefined, id);
      else await this.#parley.publish(room, kind, body);
    });
  }

  /** @returns {Promise<boolean>} whether the browser's storage took it; if not, the page says so */
  async #keep(change) {
    try {
      await change();
      return true;
    } catch (error) {
      const message = error.name === 'RangeError' ? t('sealed.too-large') : t('app.storage', { reason: error.message });
      this.store.dispatch({ type: 'warning', error: { message } });
      return false;
    }
  }

  retry(id) {
    return this.#parley.retry(id);
  }

  discard(id) {
    this.#parley.discard(id);
  }

  /** @param {import('../client/orphans.js').Author} author whose messages go out in the name of who is signed in */
  adopt({ user }) {
    return this.#keep(() => this.#parley.adopt(user));
  }

  discardOrphans({ user }) {
    return this.#keep(() => this.#parley.discardOrphans(user));
  }

  warningRead() {
    this.store.dispatch({ type: 'warning-read' });
  }

  retryNow() {
    this.#parley.retryNow();
    this.files.wake();
  }

  reconnect() {
    this.#parley.connect();
  }

  wake() {
    this.#parley.wake();
    this.files.wake();
  }

  visibleIs(visible) {
    this.store.dispatch({ type: 'visible', visible });
    if (!visible) return;
    this.wake();
    if (this.room?.readsAlong) this.seen();
  }

  onlineIs(online) {
    this.store.dispatch({ type: 'online', online });
    if (online) this.wake();
  }

  readsAlong(readsAlong) {
    this.store.dispatch({ type: 'scrolled', room: this.state.active, readsAlong });
  }

  /** Everything up to the newest message of the open room was on the screen. At most one marker a second is sent. */
  seen() {
    const { room } = this;
    if (!this.state.visible || room?.class !== 'log') return;
    this.store.dispatch({ type: 'read', room: room.name, seq: room.head });
    this.#markers.sendSoon();
  }

  typing() {
    if (isSealed(this.state.active) && !remembered.sealedTyping) return;
    if (this.#typing.mayTell()) this.#parley.signal(this.state.active, 'typing', {});
  }

  /** @returns {Promise<boolean>} whether it came */
  older() {
    return this.#load(this.room.first);
  }

  fill(gap) {
    return this.#load(fills(gap, PAGE));
  }

  /** Goes to a message, wherever in the room it is. */
  async goTo(seq) {
    const { name, items } = this.room;
    const here = items.some((item) => item.seq === seq);
    if (!here && !(await this.#load(seq + CONTEXT, true))) return;
    this.store.dispatch({ type: 'goal', room: name, seq });
  }

  async #load(before, jumped = false) {
    const room = this.state.active;
    if (!Number.isFinite(before) || this.room.loading) return false;
    this.store.dispatch({ type: 'loading', room, loading: true });
    try {
      const { messages, more } = await this.#older(room, Math.max(1, before), PAGE);
      // Somebody may have gone to another room meanwhile.
      const end = Math.min(before, jumped ? (this.state.rooms[room]?.head ?? 0) + 1 : before);
      this.store.dispatch({ type: 'older', room, before: end, messages, more, jumped });
      return true;
    } catch (error) {
      this.store.dispatch({ type: 'loading', room, loading: false });
      onlyRequests(error);
      if (error.error.name !== 'disconnected') this.store.dispatch({ type: 'warning', error: { message: reason(error.error) } });
      return false;
    }
  }

  async #older(room, before, limit) {
    const page = await this.#parley.older(room, before, limit);
    return isSealed(room) ? { ...page, messages: await this.#sealed.opened(room, page.messages) } : page;
  }

  search(words) {
    const room = this.state.active;
    if (!isSealed(room)) return this.#parley.search(room, words);
    return this.#sealed.search(room, words, (before, limit) => this.#parley.older(room, before, limit));
  }

  /** How many messages wait to be sent. */
  get waiting() {
    return allWaiting(this.state);
  }

  #happened(event) {
    if (event.type === 'restored') this.#rejoin(event.room);
    if (isSealed(event.room)) this.#sealed.happened(event);
    else this.#told(event);
  }

  /** What waits is sent once its room is joined, whether the server still knows that this user follows it or not. */
  #rejoin(room) {
    if (holdsTopic(room)) this.#parley.join(room);
    else this.#join(room);
  }

  #told(event) {
    if (event.room !== undefined && holdsTopic(event.room)) {
      this.#topicIs(event);
      return;
    }
    if (event.type === 'signal') this.#typing.heard(event);
    else this.store.dispatch(event.type === 'connection' ? { ...event, now: Date.now() } : event);
    if (event.type === 'connection' && event.state.name === 'open') {
      this.files.begin(event.state.welcome.user);
      this.#findRooms();
      this.#markers.sendSoon();
    }
    if (event.type === 'messages') this.#news.arrived(event, this.state);
    if (event.type === 'page' && event.room === this.state.active) this.#followTopic();
  }

  #topicIs({ type, room, messages, error }) {
    const topic = messages?.at(-1)?.body?.topic;
    const of = Object.keys(this.state.rooms).find((name) => topicRoom(name) === room);
    if (typeof topic === 'string' && of !== undefined) this.store.dispatch({ type: 'topic', room: of, topic });
    if (type === 'failed') this.store.dispatch({ type: 'warning', error: { message: reason(error) } });
  }

  async #findRooms() {
    let rooms;
    try {
      rooms = await this.#parley.rooms();
    } catch (error) {
      onlyRequests(error);
      if (error.error.name === 'disconnected') return;
      rooms = remembered.rooms.map((room) => ({ room }));
    }
    rooms = rooms.filter(({ room }) => !holdsTopic(room));
    this.store.dispatch({ type: 'known', rooms });
    this.knowsRooms = true;
    for (const { room } of rooms.slice(0, this.state.limits.rooms / 2)) this.#join(room);
    if (this.state.active === null) this.onRooms(rooms[0]?.room ?? FIRST_ROOM);
  }

  /** Which room to open is the page's to say: its address may name one. */
  onRooms = (otherwise) => this.open(otherwise);
}

const withoutEmpty = (body) =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0)));

function onlyRequests(error) {
  if (error.name !== 'RequestError') throw error;
}
