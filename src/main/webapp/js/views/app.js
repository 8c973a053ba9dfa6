import { html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { address } from '../page/address.js';
import { Chat } from '../page/chat.js';
import { copyText } from '../page/clipboard.js';
import { Frames } from '../page/frames.js';
import { neighbour } from '../page/neighbour.js';
import { Notices } from '../page/notices.js';
import { remembered } from '../page/remembered.js';
import { Rest } from '../page/rest.js';
import { said } from '../store/said.js';
import { direction, languageTag, t } from '../words/words.js';
import './announcer.js';
import { appStyles } from './app-styles.js';
import './composer.js';
import { filesOf } from './files.js';
import { Invitations } from './invitations.js';
import { lostByLeaving, lostBySigningOut } from './losses.js';
import { excerpt } from './markup.js';
import './members.js';
import { notes } from './notes.js';
import { askable, loadQuestions, question } from './question.js';
import { roomHeader } from './room-header.js';
import './rooms.js';
import { sealedLock, sealedNote } from './sealed-room.js';
import './sign-in.js';
import { shared } from './styles.js';
import './timeline.js';
import { title } from './title.js';
import './toast.js';

/** The application's own address: this file is js/views/app.js below it. */
const APPLICATION = new URL('../../', import.meta.url);

/** The page: lays the views out, opens what the keys and the address say, and hands what people do to the chat. */
export class AppView extends LitElement {
  static properties = {
    view: { state: true },
    signedIn: { state: true },
    busy: { state: true },
    problem: { state: true },
    panel: { state: true },
    /** What is written about, see the composer. */
    about: { state: true },
    /** Which question stands in front of the page: `{name, …}`. */
    asked: { state: true },
  };

  static styles = [shared, appStyles];

  #notices = new Notices((room) => this.#open(room));
  #chat = new Chat({
    url: APPLICATION,
    say: (text) => this.#part('announcer')?.say(text),
    notify: (message, room) => this.#notices.show(message, room),
  });
  #invitations = new Invitations(this.#chat, {
    open: (room) => this.#open(room),
    ask: (...question) => this.#ask(...question),
    warn: (message) => this.#warn(message),
  });
  #openedFrom = null;
  #frames = new Frames(() => this.#draw());
  #rest = new Rest(() => Promise.all([this.#chat.sealed.load(), loadQuestions()]));

  constructor() {
    super();
    this.view = this.#chat.state;
    this.signedIn = 'unknown';
    this.busy = false;
    this.problem = null;
    this.panel = null;
    this.about = null;
    this.asked = null;
    this.#chat.onRooms = (otherwise) => this.#openAddressed(otherwise);
  }

  connectedCallback() {
    super.connectedCallback();
    Object.assign(document.documentElement, { lang: languageTag, dir: direction });
    this.#chat.store.subscribe((state, event) => this.#changed(state, event));
    this.#chat.visibleIs(document.visibilityState === 'visible');
    this.#chat.onlineIs(navigator.onLine);
    globalThis.addEventListener('online', () => this.#chat.onlineIs(true));
    globalThis.addEventListener('offline', () => this.#chat.onlineIs(false));
    document.addEventListener('visibilitychange', () => this.#seen(document.visibilityState === 'visible'));
    globalThis.addEventListener('pageshow', ({ persisted }) => persisted && this.#chat.wake());
    globalThis.addEventListener('hashchange', () => this.#invitations.addressed || this.#openAddressed());
    globalThis.addEventListener('keydown', (event) => this.#key(event));
    this.#begin();
  }

  #seen(visible) {
    this.#chat.visibleIs(visible);
    if (!visible) this.#frames.flush();
  }

  async #begin() {
    await this.#invitations.keepAddressed();
    this.signedIn = (await this.#chat.begin()) ? 'yes' : 'no';
    // A message is sealed for who writes it: without the server's answer nobody can.
    if (this.#chat.state.me !== null) this.#openAddressed();
  }

  render() {
    if (this.signedIn === 'unknown') return nothing;
    if (this.signedIn === 'no') {
      return html`<parley-sign-in
        .problem=${this.problem}
        .busy=${this.busy}
        .suggestion=${remembered.name}
        @sign-in=${this.#signIn}
      ></parley-sign-in>`;
    }
    const { rooms, active, me } = this.view;
    const room = rooms[active];
    return html`<div class="app">
        <parley-rooms
          role="complementary"
          aria-label=${t('rooms.title')}
          class=${this.panel === 'rooms' ? 'open' : ''}
          .rooms=${Object.values(rooms)}
          .active=${active}
          .me=${me}
          @open=${({ detail }) => this.#open(detail.room)}
          @new-sealed=${() => this.#ask('sealed-new')}
          @switch=${() => this.#ask('switcher')}
          @settings=${() => this.#ask('settings')}
          @sign-out=${this.#signOut}
        ></parley-rooms>
        <main class="talk">
          ${this.#header(room)}
          ${notes(this.view, { chat: this.#chat, copy: (text) => this.#copy(text), ask: (...question) => this.#ask(...question) })}
          ${room ? this.#room(room) : html`<p class="empty">${t('app.empty')}</p>`}
        </main>
        ${room
          ? html`<parley-members
              class=${this.panel === 'members' ? 'open' : ''}
              role="complementary"
              aria-label=${t('room.members', { count: room.count })}
              .users=${room.users}
              .count=${room.count}
              .me=${me}
            ></parley-members>`
          : nothing}
        <div class="backdrop ${this.panel ? 'open' : ''}" @click=${this.#closePanel}></div>
      </div>
      <parley-announcer></parley-announcer>
      <parley-toast></parley-toast>
      ${this.#dialog(room)}`;
  }

  #header(room) {
    return roomHeader(room, {
      panel: this.panel,
      elsewhere: Object.values(this.view.rooms).some(({ unread }) => unread > 0),
      open: (panel, event) => this.#openPanel(panel, event),
      ask: (name) => this.#ask(name),
      leave: () => this.#leave(room.name),
    });
  }

  #room(room) {
    const chat = this.#chat;
    const ask = (name) => this.#ask(name);
    const files = filesOf(room, { view: this.view, chat, warn: (message) => this.#warn(message) });
    if (room.lock) return html`${sealedLock(room, { ask, follow: (link) => this.#invitations.follow(link) })} ${files}`;
    return html`${sealedNote(room, ask)}
      <parley-timeline
        .room=${room}
        .me=${this.view.me}
        @older=${() => chat.older()}
        @fill=${({ detail }) => chat.fill(detail.gap)}
        @seen=${() => chat.seen()}
        @reads-along=${({ detail }) => chat.readsAlong(detail.readsAlong)}
        @go-to=${({ detail }) => chat.goTo(detail.seq)}
        @line-gone=${this.#lineGone}
        @act=${({ detail }) => this.#act(detail)}
        @retry=${({ detail }) => chat.retry(detail.entry.id)}
        @discard=${({ detail }) => chat.discard(detail.entry.id)}
        @copy=${({ detail }) => this.#copy(detail.entry.body.text)}
        @revise=${({ detail }) => this.#revise(detail.entry)}
      ></parley-timeline>
      ${files}
      <parley-composer
        .room=${room.name}
        .refused=${room.state === 'refused'}
        .limit=${this.view.limits?.messageBytes ?? Infinity}
        .typing=${room.typing}
        .users=${room.users}
        .about=${this.about}
        .submit=${(text, extra) => this.#say(text, extra)}
        @typing=${() => chat.typing()}
        @attach=${() => this.#part('files').choose()}
        @edit-last=${this.#editLast}
        @done=${() => (this.about = null)}
        @leave=${this.#lineGone}
      ></parley-composer>`;
  }

  #dialog(room) {
    return question(this.asked, {
      view: this.view,
      room,
      chat: this.#chat,
      open: (name) => this.#open(name),
      ask: (name) => this.#ask(name),
      closed: () => this.#answered(),
    });
  }

  async #ask(name, about = {}) {
    if (await askable(name)) this.asked = { name, ...about };
    else this.#warn(t('app.not-loaded'));
  }

  #answered() {
    const { item } = this.asked ?? {};
    this.asked = null;
    if (item) this.#part('timeline')?.focusMessage(item.seq);
  }

  #part(name) {
    return this.renderRoot?.querySelector(`parley-${name}`);
  }

  #act({ name, item, emoji }) {
    if (name === 'react' && emoji) this.#chat.react(item, emoji);
    else if (name === 'react') this.#ask('react', { item });
    else if (name === 'copy') this.#copy(item.body.text);
    else if (name === 'open') this.#ask('picture', { file: item.body });
    else if (name === 'fetch') this.#part('files').fetch(item.body);
    else if (name === 'delete') {
      const confirmed = () => this.#chat.remove(item.seq);
      this.#ask('confirm', { item, question: t('message.delete-question'), action: t('message.delete'), confirmed });
    } else {
      this.about = { kind: name, item };
      this.#part('composer').focus();
    }
  }

  #say(text, extra) {
    const { about } = this;
    if (about?.kind === 'edit') return this.#chat.edit(about.item, text, extra);
    const reply = about ? { seq: about.item.seq, name: about.item.name, text: excerpt(said(about.item) ?? '') } : null;
    return this.#chat.say(text, { ...extra, reply });
  }

  #editLast() {
    const { items } = this.#chat.room;
    const last = items.findLast(({ from, kind, deleted }) => from === this.view.me?.id && kind === 'text' && !deleted);
    if (last) this.about = { kind: 'edit', item: last };
  }

  #revise(entry) {
    this.#chat.discard(entry.id);
    this.#part('composer').revise(entry.body.text);
  }

  async #copy(text) {
    this.#part('toast').show(t((await copyText(text)) ? 'app.copied' : 'app.not-copied'));
  }

  #lineGone() {
    this.#chat.store.dispatch({ type: 'line-gone', room: this.view.active });
    this.#chat.seen();
  }

  async #signIn({ detail: { name } }) {
    this.busy = true;
    try {
      await this.#chat.signIn(name);
      this.problem = null;
      this.signedIn = 'yes';
    } catch (error) {
      if (error.name !== 'SignInError') throw error;
      this.problem = error.message;
    } finally {
      this.busy = false;
    }
  }

  async #signOut() {
    this.#unless(await lostBySigningOut(this.#chat), t('rooms.sign-out'), () => this.#reallySignOut());
  }

  /** Does it at once, or if there is something to lose, once somebody has confirmed it. */
  #unless(question, action, confirmed) {
    if (question === '') confirmed();
    else this.#ask('confirm', { question, action, confirmed });
  }

  async #reallySignOut() {
    try {
      await this.#chat.signOut();
    } catch (error) {
      if (error.name !== 'SignInError') throw error;
      this.#warn(t('sign-in.still', { reason: error.message }));
      return;
    }
    this.#toSignIn(null);
  }

  #signedOut(reason) {
    const count = this.#chat.waiting;
    this.#chat.reset();
    this.#toSignIn(count === 0 ? reason : `${reason} ${t('sign-in.kept', { count })}`);
  }

  #toSignIn(problem) {
    Object.assign(this, { panel: null, about: null, asked: null, problem, signedIn: 'no' });
  }

  #warn(message) {
    this.#chat.store.dispatch({ type: 'warning', error: { message } });
  }

  /** Opens the room that the address names after the `#`. */
  #openAddressed(otherwise = null) {
    if (this.signedIn === 'no') return;
    const room = address.room ?? otherwise;
    if (room !== null && room !== this.view.active) this.#open(room);
  }

  async #open(room) {
    this.about = null;
    this.#chat.open(room);
    this.#closePanel();
    address.room = this.#chat.state.active;
    this.#draw();
    await this.updateComplete;
    this.#part('composer')?.focus();
  }

  #leave(room) {
    this.#unless(lostByLeaving(this.#chat.state.rooms[room]), t('room.leave'), () => this.#reallyLeave(room));
  }

  #reallyLeave(room) {
    this.#chat.leave(room);
    address.room = this.#chat.state.active;
    if (this.#chat.state.active !== null) this.#open(this.#chat.state.active);
  }

  #key(event) {
    if (this.signedIn !== 'yes' || this.asked !== null) return;
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') this.#ask('switcher');
    else if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) this.#goTo(neighbour(this.view, key === 'ArrowUp' ? -1 : 1, shiftKey));
    else if (key === 'Escape' && !event.defaultPrevented) {
      this.#escape();
      return;
    } else return;
    event.preventDefault();
  }

  #goTo(room) {
    if (room !== this.view.active) this.#open(room);
  }

  #escape() {
    if (this.panel !== null) this.#closePanel();
    else {
      this.#lineGone();
      this.#part('composer')?.focus();
    }
  }

  #changed(state, event) {
    if (event.type === 'connection' && event.state.name === 'stopped' && event.state.why === 'signed-out') {
      this.#signedOut(event.state.reason || t('sign-in.ended'));
      return;
    }
    this.#rest.heard(event);
    this.#frames.ask();
  }

  #draw() {
    const { state } = this.#chat;
    const names = Object.keys(state.rooms);
    if (this.#chat.knowsRooms && names.length > 0 && names.join() !== Object.keys(this.view.rooms).join()) remembered.rooms = names;
    document.title = title(state);
    this.view = state;
  }

  async #openPanel(panel, { currentTarget }) {
    this.#openedFrom = currentTarget;
    this.panel = panel;
    await this.updateComplete;
    this.#part(panel).shadowRoot.querySelector('a, button')?.focus();
  }

  #closePanel() {
    if (this.panel === null) return;
    this.panel = null;
    this.#openedFrom?.focus();
  }
}

customElements.define('parley-app', AppView);
