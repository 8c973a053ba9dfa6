import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { roomName } from '../page/room-name.js';
import { isSealed } from '../page/sealed-name.js';
import { t } from '../words/words.js';
import { initials, tone } from './format.js';
import { gear, lock, logo, plus, search } from './icons.js';
import { shared } from './styles.js';

/**
 * The rooms, a way into another one, and who we are. Fires `open` {room}, `new-sealed`, `switch`, `settings` and `sign-out`.
 */
export class RoomsView extends LitElement {
  static properties = { rooms: {}, active: {}, me: {}, problem: { state: true } };

  static styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        background: var(--ground);
      }

      .brand {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        padding: var(--space-4);
        font-size: var(--text-large);
        font-weight: 650;
        letter-spacing: -0.01em;
      }

      nav {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        padding: 0 var(--space-2);
      }

      h2 {
        padding: var(--space-2);
        color: var(--ink-soft);
        font-size: var(--text-small);
        font-weight: 550;
      }

      a {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: 2.5rem;
        padding: 0 var(--space-3);
        border-radius: var(--round);
        color: inherit;
        text-decoration: none;
      }

      a:hover {
        background: var(--sunken);
      }

      a[aria-current] {
        background: var(--accent-soft);
        font-weight: 600;
      }

      .name {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .hash,
      a svg {
        flex: none;
        color: var(--ink-soft);
      }

      a svg,
      .sealed svg {
        width: 1rem;
        height: 1rem;
      }

      .sealed {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
        font-size: var(--text-small);
      }

      .unread {
        font-weight: 650;
      }

      .product {
        flex: 1;
      }

      .badge.mention {
        background: var(--danger);
        color: var(--surface);
      }

      .badge {
        min-width: 1.375rem;
        padding: 0 0.375rem;
        border-radius: 1rem;
        background: var(--accent);
        color: var(--on-accent);
        font-size: 0.75rem;
        font-weight: 650;
        line-height: 1.375rem;
        text-align: center;
      }

      form {
        padding: var(--space-3) var(--space-4);
      }

      label {
        display: block;
        margin-bottom: var(--space-1);
        color: var(--ink-soft);
        font-size: var(--text-small);
        font-weight: 550;
      }

      .row {
        display: flex;
        gap: var(--space-2);
      }

      .row input {
        min-width: 0;
      }

      .error {
        margin-top: var(--space-1);
        font-size: var(--text-small);
      }

      .me {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        padding: var(--space-3) var(--space-4);
        border-top: 1px solid var(--line);
      }

      .me p {
        flex: 1;
        min-width: 0;
        line-height: 1.3;
      }

      .me strong {
        display: block;
        overflow: hidden;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .me .soft,
      .me button {
        font-size: var(--text-small);
      }
    `,
  ];

  constructor() {
    super();
    this.rooms = [];
    this.problem = null;
  }

  render() {
    return html`
      <div class="brand">${logo}<span class="product">Parley</span>
        <button class="plain icon" aria-label=${t('rooms.switch')} title="${t('rooms.switch')} (Ctrl+K)" @click=${() => this.#fire('switch')}>${search}</button>
      </div>
      <nav aria-labelledby="rooms">
        <h2 id="rooms">${t('rooms.title')}</h2>
        <ul>
          ${this.rooms.map((room) => html`<li>${this.#room(room)}</li>`)}
        </ul>
      </nav>
      <form @submit=${this.#submit} novalidate>
        <label for="new">${t('rooms.join')}</label>
        <div class="row">
          <input
            id="new"
            name="room"
            maxlength="64"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            placeholder=${t('rooms.example')}
            aria-invalid=${this.problem ? 'true' : 'false'}
            aria-describedby="problem"
            @input=${() => (this.problem = null)}
          />
          <button class="icon" aria-label=${t('rooms.join-button')} title=${t('rooms.join-button')}>${plus}</button>
        </div>
        <p id="problem" class="error" role="alert">${this.problem}</p>
        <button type="button" class="link sealed" @click=${() => this.#fire('new-sealed')}>${lock}${t('sealed.new')}</button>
      </form>
      ${this.me ? this.#me(this.me) : nothing}
    `;
  }

  #room({ name, unread, mentions, state }) {
    const current = name === this.active;
    return html`<a
      href="#${encodeURIComponent(name)}"
      aria-current=${current ? 'page' : nothing}
      class=${unread > 0 ? 'unread' : ''}
      @click=${(event) => this.#follow(event, name)}
    >
      ${isSealed(name)
        ? html`${lock}<span class="visually-hidden">${t('sealed.tag')}</span>`
        : html`<span class="hash" aria-hidden="true">#</span>`}
      <span class="name" dir="auto">${name}</span>
      ${state === 'refused' ? html`<span class="tag">${t('room.closed-tag')}</span>` : nothing}
      ${mentions > 0 ? badge('mention', `@${mentions}`, t('rooms.mentions', { count: mentions })) : nothing}
      ${unread > 0 ? badge('', unread > 99 ? '99+' : unread, t('rooms.unread', { count: unread })) : nothing}
    </a>`;
  }

  #me(me) {
    return html`<div class="me">
      <span class="avatar ${tone(me.id)}" aria-hidden="true">${initials(me.name)}</span>
      <p><strong dir="auto">${me.name}</strong><span class="soft">${t(me.guest ? 'rooms.guest' : 'rooms.signed-in')}</span></p>
      <button class="plain icon" aria-label=${t('rooms.settings')} title=${t('rooms.settings')} @click=${() => this.#fire('settings')}>${gear}</button>
      <button class="link" @click=${() => this.#fire('sign-out')}>${t('rooms.sign-out')}</button>
    </div>`;
  }

  #follow(event, room) {
    event.preventDefault();
    this.#open(room);
  }

  #open(room) {
    this.#fire('open', { room });
  }

  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #submit(event) {
    event.preventDefault();
    const typed = new FormData(event.target).get('room');
    if (typed.trim() === '') return;
    const room = roomName(typed);
    if (room === null) {
      this.problem = t('rooms.bad-name');
      return;
    }
    event.target.reset();
    this.#open(room);
  }
}

const badge = (kind, text, label) => html`<span class="badge ${kind}"><span aria-hidden="true">${text}</span><span class="visually-hidden">${label}</span></span>`;

customElements.define('parley-rooms', RoomsView);
