import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { initials, tone } from './format.js';
import { logo, plus } from './icons.js';
import { shared } from './styles.js';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,63}$/u;

/** The rooms, a way into another one, and who we are. Fires `open` {room} and `sign-out`. */
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

      .hash {
        color: var(--ink-soft);
      }

      .unread {
        font-weight: 650;
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
      <div class="brand">${logo}<span>Parley</span></div>
      <nav aria-labelledby="rooms">
        <h2 id="rooms">Rooms</h2>
        <ul>
          ${this.rooms.map((room) => html`<li>${this.#room(room)}</li>`)}
        </ul>
      </nav>
      <form @submit=${this.#submit} novalidate>
        <label for="new">Join or make a room</label>
        <div class="row">
          <input
            id="new"
            name="room"
            maxlength="64"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            placeholder="project-x"
            aria-invalid=${this.problem ? 'true' : 'false'}
            aria-describedby="problem"
            @input=${() => (this.problem = null)}
          />
          <button class="icon" aria-label="Join" title="Join">${plus}</button>
        </div>
        <p id="problem" class="error" role="alert">${this.problem}</p>
      </form>
      ${this.me ? this.#me(this.me) : nothing}
    `;
  }

  #room({ name, unread, state }) {
    const current = name === this.active;
    return html`<a
      href="#${encodeURIComponent(name)}"
      aria-current=${current ? 'page' : nothing}
      class=${unread > 0 ? 'unread' : ''}
      @click=${(event) => this.#follow(event, name)}
    >
      <span class="hash" aria-hidden="true">#</span>
      <span class="name" dir="auto">${name}</span>
      ${state === 'refused' ? html`<span class="tag">closed</span>` : nothing}
      ${unread > 0
        ? html`<span class="badge"><span aria-hidden="true">${unread > 99 ? '99+' : unread}</span
              ><span class="visually-hidden">, ${unread} unread</span></span
            >`
        : nothing}
    </a>`;
  }

  #me(me) {
    return html`<div class="me">
      <span class="avatar ${tone(me.id)}" aria-hidden="true">${initials(me.name)}</span>
      <p><strong dir="auto">${me.name}</strong><span class="soft">${me.guest ? 'Guest' : 'Signed in'}</span></p>
      <button class="link" @click=${() => this.dispatchEvent(new CustomEvent('sign-out'))}>Sign out</button>
    </div>`;
  }

  #follow(event, room) {
    event.preventDefault();
    this.#open(room);
  }

  #open(room) {
    this.dispatchEvent(new CustomEvent('open', { detail: { room } }));
  }

  #submit(event) {
    event.preventDefault();
    const room = new FormData(event.target).get('room').trim().replace(/^#/u, '').replace(/\s+/gu, '-').normalize();
    if (room === '') return;
    if (!NAME.test(room)) {
      this.problem = 'Use letters, digits, “.”, “-” and “_”; begin with a letter or digit.';
      return;
    }
    event.target.reset();
    this.#open(room);
  }
}

customElements.define('parley-rooms', RoomsView);
