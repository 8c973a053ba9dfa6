import { html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { Parley } from '../client/parley.js';
import { Store } from '../store/store.js';
import './announcer.js';
import { appStyles } from './app-styles.js';
import './banner.js';
import './composer.js';
import { counted } from './format.js';
import { close, leave, menu, people } from './icons.js';
import './members.js';
import { forgetRooms, rememberedName, rememberedRooms, rememberName, rememberRooms } from './remembered.js';
import './rooms.js';
import './sign-in.js';
import { shared } from './styles.js';
import './timeline.js';

/** Where somebody who knows no room yet begins. */
const FIRST_ROOM = 'lobby';
const MARK_MS = 1000;
const TYPING_EVERY_MS = 3000;
/** Longer than the pause between two signals of somebody who goes on typing. */
const TYPING_LASTS_MS = 5000;
/** The application's own address: this file is js/views/app.js below it. */
const APPLICATION = new URL('../../', import.meta.url);

/** The page: signs in, keeps the client and the store, and lays the views out. */
export class AppView extends LitElement {
  static properties = {
    view: { state: true },
    signedIn: { state: true },
    busy: { state: true },
    problem: { state: true },
    panel: { state: true },
  };

  static styles = [shared, appStyles];

  #store = new Store();
  #unsubscribe;
  #parley = this.#newParley();
  #openedFrom = null;
  #marking = false;
  #marked = new Map();
  #lastTyping = 0;

  constructor() {
    super();
    this.view = this.#store.state;
    this.signedIn = 'unknown';
    this.busy = false;
    this.problem = null;
    this.panel = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#store.subscribe((state, event) => this.#changed(state, event));
    globalThis.addEventListener('online', () => this.#parley.wake());
    document.addEventListener('visibilitychange', () => this.#visibleIs(document.visibilityState === 'visible'));
    globalThis.addEventListener('pageshow', ({ persisted }) => persisted && this.#parley.wake());
    globalThis.addEventListener('hashchange', () => this.#openAddressed());
    this.addEventListener('keydown', ({ key }) => key === 'Escape' && this.#closePanel());
    this.#begin();
  }

  #newParley() {
    const parley = new Parley({ url: APPLICATION });
    this.#unsubscribe = parley.subscribe((event) => this.#happened(event));
    return parley;
  }

  async #begin() {
    const { answer } = await this.#parley.signIn.whoAmI();
    // A server that does not answer now may know us all the same: the connection will find out.
    if (answer === 'nobody') this.signedIn = 'no';
    else this.#enter();
  }

  #enter() {
    this.signedIn = 'yes';
    this.problem = null;
    this.#parley.connect();
  }

  render() {
    if (this.signedIn === 'unknown') return nothing;
    if (this.signedIn === 'no') {
      return html`<parley-sign-in
        .problem=${this.problem}
        .busy=${this.busy}
        .suggestion=${rememberedName()}
        @sign-in=${this.#signIn}
      ></parley-sign-in>`;
    }
    const { rooms, active, me, connection } = this.view;
    const room = rooms[active];
    return html`<div class="app">
        <parley-rooms
          class=${this.panel === 'rooms' ? 'open' : ''}
          .rooms=${Object.values(rooms)}
          .active=${active}
          .me=${me}
          @open=${({ detail }) => this.#open(detail.room)}
          @sign-out=${this.#signOut}
        ></parley-rooms>
        <main class="talk">
          ${this.#header(room)}
          <parley-banner
            .connection=${connection}
            @retry=${() => this.#parley.retryNow()}
            @reconnect=${() => this.#parley.connect()}
          ></parley-banner>
          ${this.#warning()} ${room ? this.#room(room) : html`<p class="empty">Choose a room, or make one.</p>`}
        </main>
        ${room
          ? html`<parley-members
              class=${this.panel === 'members' ? 'open' : ''}
              .users=${room.users}
              .count=${room.count}
              .me=${me}
            ></parley-members>`
          : nothing}
        <div class="backdrop ${this.panel ? 'open' : ''}" @click=${this.#closePanel}></div>
      </div>
      <parley-announcer></parley-announcer>`;
  }

  #header(room) {
    const elsewhere = Object.values(this.view.rooms).some(({ unread }) => unread > 0);
    return html`<header>
      <button
        class="plain icon menu ${elsewhere ? 'unread' : ''}"
        aria-label=${elsewhere ? 'Rooms, with unread messages' : 'Rooms'}
        aria-expanded=${this.panel === 'rooms'}
        @click=${(event) => this.#openPanel('rooms', event)}
      >
        ${menu}
      </button>
      <h1 dir="auto">${room ? html`<span aria-hidden="true">#</span> ${room.name}` : 'Parley'}</h1>
      ${room
        ? html`<button
              class="plain present"
              aria-label="${counted(room.count, 'person', 'people')} here"
              aria-expanded=${this.panel === 'members'}
              @click=${(event) => this.#openPanel('members', event)}
            >
              ${people}${room.count}
            </button>
            <button class="plain icon" aria-label="Leave the room" title="Leave the room" @click=${() => this.#leave(room.name)}>
              ${leave}
            </button>`
        : nothing}
    </header>`;
  }

  #warning() {
    const { warning } = this.view;
    if (!warning) return nothing;
    return html`<div class="warning" role="alert">
      <p>${warning.message}</p>
      <button class="plain icon" aria-label="Close" @click=${() => this.#store.dispatch({ type: 'warning-read' })}>${close}</button>
    </div>`;
  }

  #room(room) {
    const { me, limits } = this.view;
    return html`<parley-timeline
        .room=${room}
        .me=${me}
        @older=${({ detail }) => this.#older(room.name, detail.before)}
        @retry=${({ detail }) => this.#parley.retry(detail.id)}
        @discard=${({ detail }) => this.#parley.discard(detail.id)}
      ></parley-timeline>
      <parley-composer
        .room=${room.name}
        .refused=${room.state === 'refused'}
        .limit=${limits?.messageBytes ?? Infinity}
        .typing=${room.typing}
        @typing=${this.#typing}
        @send=${({ detail }) => this.#parley.publish(room.name, 'text', { text: detail.text })}
      ></parley-composer>`;
  }

  async #signIn({ detail: { name } }) {
    this.busy = true;
    try {
      await this.#parley.signIn.signIn(name);
      rememberName(name);
      this.#enter();
    } catch (error) {
      if (error.name !== 'SignInError') throw error;
      this.problem = error.message;
    } finally {
      this.busy = false;
    }
  }

  async #signOut() {
    try {
      await this.#parley.signIn.signOut();
    } catch (error) {
      if (error.name !== 'SignInError') throw error;
      this.#store.dispatch({ type: 'warning', error: { message: `You are still signed in. ${error.message}` } });
      return;
    }
    forgetRooms();
    this.#toSignIn(null);
  }

  #toSignIn(problem) {
    // A client of its own for whoever comes next: rooms and unsent messages are the last one's.
    this.#unsubscribe();
    this.#parley.disconnect();
    this.#parley = this.#newParley();
    this.#marked.clear();
    this.#store.dispatch({ type: 'signed-out' });
    this.panel = null;
    this.problem = problem;
    this.signedIn = 'no';
  }

  #visibleIs(visible) {
    this.#store.dispatch({ type: 'visible', visible });
    if (!visible) return;
    this.#parley.wake();
    this.#markRead();
  }

  /** At most once a second and only for what somebody can see; the server takes a marker forwards only. */
  #markRead() {
    if (this.#marking) return;
    this.#marking = true;
    setTimeout(() => {
      this.#marking = false;
      const { active, visible, rooms } = this.view;
      const position = this.#parley.position(active);
      if (!visible || !position || rooms[active]?.class !== 'log') return;
      if (this.#marked.get(active) === position.seq) return;
      this.#marked.set(active, position.seq);
      this.#parley.read(active, position.seq);
    }, MARK_MS);
  }

  #typing() {
    const now = Date.now();
    if (now - this.#lastTyping < TYPING_EVERY_MS) return;
    this.#lastTyping = now;
    this.#parley.signal(this.view.active, 'typing', {});
  }

  #happened(event) {
    if (event.type === 'signal') this.#signalled(event);
    else this.#store.dispatch(event);
    if (event.room === this.view.active && (event.type === 'messages' || event.type === 'page')) this.#markRead();
    if (event.type === 'connection') this.#connectionIs(event.state);
    if (event.type === 'messages') this.#announce(event);
  }

  /** A signal has no end; it is over when it was not repeated. */
  #signalled(signal) {
    this.#store.dispatch({ ...signal, until: Date.now() + TYPING_LASTS_MS });
    setTimeout(() => this.#store.dispatch({ type: 'typing-ended', room: signal.room, now: Date.now() }), TYPING_LASTS_MS);
  }

  #connectionIs(state) {
    if (state.name === 'open') this.#findRooms();
    if (state.name === 'stopped' && state.why === 'signed-out') this.#toSignIn(state.reason || null);
  }

  async #findRooms() {
    let rooms;
    try {
      rooms = await this.#parley.rooms();
    } catch (error) {
      if (error.name !== 'RequestError') throw error;
      if (error.error.name === 'disconnected') return;
      rooms = rememberedRooms().map((room) => ({ room }));
    }
    this.#store.dispatch({ type: 'known', rooms });
    for (const { room } of rooms.slice(0, this.view.limits.rooms)) this.#parley.join(room);
    if (this.view.active === null) this.#openAddressed(rooms[0]?.room ?? FIRST_ROOM);
  }

  /** Opens the room that the address names after the `#`. */
  #openAddressed(otherwise = null) {
    if (this.signedIn !== 'yes') return;
    const room = addressedRoom() ?? otherwise;
    if (room !== null && room !== this.view.active) this.#open(room);
  }

  #open(room) {
    this.#store.dispatch({ type: 'opened', room });
    this.#parley.join(room);
    this.#markRead();
    this.#closePanel();
    history.replaceState(null, '', `#${encodeURIComponent(room)}`);
    this.updateComplete.then(() => this.renderRoot.querySelector('parley-composer')?.focus());
  }

  #leave(room) {
    // Unfollow, and not only leave: else the room is back with the next visit. Without a connection it is only left.
    this.#parley.unfollow(room).catch((error) => {
      if (error.name !== 'RequestError') throw error;
    });
    this.#store.dispatch({ type: 'forgotten', room });
    history.replaceState(null, '', this.view.active === null ? location.pathname : `#${encodeURIComponent(this.view.active)}`);
  }

  async #older(room, before) {
    this.#store.dispatch({ type: 'loading-older', room, loading: true });
    try {
      const { messages, more } = await this.#parley.older(room, before);
      this.#store.dispatch({ type: 'older', room, before, messages, more });
    } catch (error) {
      this.#store.dispatch({ type: 'loading-older', room, loading: false });
      if (error.name !== 'RequestError') throw error;
      if (error.error.name !== 'disconnected') this.#store.dispatch({ type: 'warning', error: error.error });
    }
  }

  #announce({ room, messages }) {
    if (room !== this.view.active) return;
    const announcer = this.renderRoot.querySelector('parley-announcer');
    for (const { from, name, kind, body } of messages) {
      if (kind === 'text' && from !== this.view.me?.id) announcer?.say(`${name}: ${body.text}`);
    }
  }

  #changed(state) {
    if (state.rooms !== this.view.rooms && Object.keys(state.rooms).length > 0) rememberRooms(Object.keys(state.rooms));
    const unread = Object.values(state.rooms).reduce((sum, room) => sum + room.unread, 0);
    const title = state.active === null ? 'Parley' : `#${state.active} · Parley`;
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
    this.view = state;
  }

  async #openPanel(panel, { currentTarget }) {
    this.#openedFrom = currentTarget;
    this.panel = panel;
    await this.updateComplete;
    this.renderRoot.querySelector(`parley-${panel}`).shadowRoot.querySelector('a, button')?.focus();
  }

  #closePanel() {
    if (this.panel === null) return;
    this.panel = null;
    this.#openedFrom?.focus();
  }
}

function addressedRoom() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    // Not a name of ours: somebody shortened the address in the middle of an escaped letter.
    return null;
  }
}

customElements.define('parley-app', AppView);
