import { css, html, nothing } from '../../lib/lit-element/lit-element.js';
import { roomName } from '../page/room-name.js';
import { t } from '../words/words.js';
import { DialogView, dialogStyles } from './dialog.js';
import { shared } from './styles.js';

const SHOWN = 8;

/** Goes to a room by a part of its name, or to a new one. Fires `open` {room}. */
export class SwitcherView extends DialogView {
  static properties = { rooms: {}, query: { state: true }, chosen: { state: true } };

  static styles = [
    shared,
    dialogStyles,
    css`
      [role='option'] {
        display: flex;
        gap: var(--space-2);
        align-items: center;
        min-height: 2.5rem;
        padding: 0 var(--space-3);
        border-radius: var(--round);
        overflow-wrap: anywhere;
        cursor: pointer;
      }

      [role='option'][aria-selected='true'] {
        background: var(--accent-soft);
      }

      [role='option'] .name {
        flex: 1;
      }

      [role='listbox'] {
        margin-top: var(--space-3);
      }

      @media (forced-colors: active) {
        [role='option'][aria-selected='true'] {
          outline: 2px solid Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.query = '';
    this.chosen = 0;
  }

  get label() {
    return t('rooms.switch');
  }

  /** Rooms that begin so, then those that have it somewhere; unread ones first among equals. */
  get #found() {
    const query = this.query.trim().replace(/^#/u, '').toLocaleLowerCase();
    const rank = ({ name, unread }) => (name.toLocaleLowerCase().startsWith(query) ? 0 : 2) + (unread > 0 ? 0 : 1);
    const found = this.rooms
      .filter(({ name }) => name.toLocaleLowerCase().includes(query))
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, SHOWN)
      .map(({ name, unread }) => ({ name, unread, label: `#${name}` }));
    const made = roomName(this.query);
    if (made !== null && !this.rooms.some(({ name }) => name === made)) {
      found.push({ name: made, unread: 0, label: t('rooms.make', { room: made }) });
    }
    return found;
  }

  content() {
    const found = this.#found;
    const chosen = Math.min(this.chosen, found.length - 1);
    return html`<label for="query">${t('rooms.switch-hint')}</label>
      <input
        id="query"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded=${found.length > 0 ? 'true' : 'false'}
        aria-controls="found"
        aria-activedescendant=${found.length > 0 ? `room-${chosen}` : nothing}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        autofocus
        @input=${({ target }) => {
          this.query = target.value;
          this.chosen = 0;
        }}
        @keydown=${(event) => this.#key(event, found, chosen)}
      />
      <div role="listbox" id="found" aria-label=${t('rooms.title')}>
        ${found.map(
          ({ name, label, unread }, i) => html`<div
            role="option"
            id="room-${i}"
            aria-selected=${i === chosen ? 'true' : 'false'}
            @click=${() => this.#open(name)}
          >
            <span class="name" dir="auto">${label}</span>${unread > 0 ? html`<span class="tag">${unread}</span>` : nothing}
          </div>`,
        )}
      </div>`;
  }

  #key(event, found, chosen) {
    if (event.isComposing || found.length === 0) return;
    if (event.key === 'ArrowDown') this.chosen = (chosen + 1) % found.length;
    else if (event.key === 'ArrowUp') this.chosen = (chosen + found.length - 1) % found.length;
    else if (event.key === 'Enter') this.#open(found[chosen].name);
    else return;
    event.preventDefault();
  }

  #open(room) {
    this.close();
    this.dispatchEvent(new CustomEvent('open', { detail: { room } }));
  }
}

customElements.define('parley-switcher', SwitcherView);
