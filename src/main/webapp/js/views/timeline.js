import { css, html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { repeat } from '../../lib/lit-html/directives/repeat.js';
import { olderThan } from '../store/store.js';
import { continues, counted, dayName, sameDay } from './format.js';
import { down } from './icons.js';
import { leaving, message, messageStyles } from './message.js';
import { shared } from './styles.js';

/** This close to the end counts as reading along. */
const END_PX = 80;
/** This close to the beginning asks for what was before. */
const BEGINNING_PX = 160;

/** A room's messages. Fires `older` {before}, `retry` {id}, `discard` {id}. */
export class TimelineView extends LitElement {
  static properties = { room: {}, me: {}, fresh: { state: true } };

  static styles = [
    shared,
    messageStyles,
    css`
      :host {
        position: relative;
        display: flex;
        flex-direction: column;
        min-height: 0;
      }

      .scroll {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        overflow-anchor: none;
        overscroll-behavior: contain;
        padding: var(--space-3) 0;
      }

      .scroll:focus-visible {
        outline-offset: -2px;
      }

      .list {
        display: flex;
        flex-direction: column;
        justify-content: flex-end;
        min-height: 100%;
      }

      .beginning {
        padding: var(--space-5) var(--space-4) var(--space-2);
        color: var(--ink-soft);
      }

      .beginning h2 {
        color: var(--ink);
        font-size: 1.25rem;
        font-weight: 650;
        letter-spacing: -0.01em;
        overflow-wrap: anywhere;
      }

      .day {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        padding: var(--space-4) var(--space-4) var(--space-1);
        color: var(--ink-soft);
        font-size: 0.75rem;
        font-weight: 600;
      }

      .day::before,
      .day::after {
        content: '';
        flex: 1;
        border-top: 1px solid var(--line);
      }

      .gap {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 0 var(--space-3);
        margin: var(--space-3) var(--space-4);
        padding: var(--space-2) var(--space-3);
        border: 1px dashed var(--warn);
        border-radius: var(--round);
        background: var(--warn-soft);
        color: var(--warn);
        font-size: var(--text-small);
      }

      .gap button {
        color: inherit;
      }

      .center {
        display: flex;
        justify-content: center;
        padding: var(--space-2);
      }

      .newer {
        position: absolute;
        bottom: var(--space-3);
        left: 50%;
        transform: translateX(-50%);
        border-radius: 2rem;
        box-shadow: var(--shadow);
        white-space: nowrap;
      }
    `,
  ];

  #atEnd = true;
  #heightBefore = null;

  constructor() {
    super();
    this.fresh = 0;
  }

  willUpdate(changed) {
    const before = changed.get('room');
    if (before === undefined) return;
    if (before?.name !== this.room.name) {
      this.#atEnd = true;
      this.fresh = 0;
    } else {
      const scroll = this.#scroll();
      const grewInFront = before.items[0] !== this.room.items[0] && before.items.at(-1) === this.room.items.at(-1);
      this.#heightBefore = grewInFront && scroll ? scroll.scrollHeight - scroll.scrollTop : null;
      const added = this.room.items.length - before.items.length;
      if (!this.#atEnd && !grewInFront && added > 0) this.fresh += added;
      // What somebody sends is what they want to see, wherever they had scrolled to.
      if (this.room.outgoing.length > before.outgoing.length) this.#atEnd = true;
    }
  }

  updated(changed) {
    if (!changed.has('room')) return;
    const scroll = this.#scroll();
    if (this.#atEnd) this.#toEnd();
    else if (this.#heightBefore !== null) scroll.scrollTop = scroll.scrollHeight - this.#heightBefore;
    this.#heightBefore = null;
  }

  firstUpdated() {
    // Whoever reads along goes on doing so when the keyboard of a phone or a longer draft takes room.
    this.resizes = new ResizeObserver(() => {
      if (this.#atEnd) this.#toEnd();
    });
    this.resizes.observe(this.#scroll());
  }

  render() {
    const { room } = this;
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="Messages in ${room.name}" @scroll=${this.#scrolled}>
        <ol class="list">
          ${this.#beginning()} ${this.#items()} ${this.#outgoing()}
        </ol>
      </div>
      ${this.fresh > 0
        ? html`<button class="primary newer" @click=${this.#showNewest}>${down}${counted(this.fresh, 'new message')}</button>`
        : nothing}
    `;
  }

  #beginning() {
    const { room } = this;
    if (room.state === 'refused') {
      return html`<li class="beginning"><h2>This room is closed to you</h2><p>${room.error?.message}</p></li>`;
    }
    if (room.loadingOlder) return html`<li class="center soft">Loading earlier messages…</li>`;
    if (room.older) {
      return html`<li class="center">
        <button class="link" @click=${() => this.#askOlder(olderThan(room))}>Show earlier messages</button>
      </li>`;
    }
    if (room.epoch === null && room.items.length === 0) return html`<li class="center soft">Opening the room…</li>`;
    return html`<li class="beginning"><h2 dir="auto">#${room.name}</h2><p>This is where the room begins.</p></li>`;
  }

  #items() {
    const { items } = this.room;
    const rows = items.map((item, i) => ({ item, before: items[i - 1] }));
    return repeat(rows, ({ item }) => key(item), (row) => this.#row(row));
  }

  #row({ item, before }) {
    if (item.type === 'gap') return this.#gap(item);
    const newDay = before?.type !== 'message' || !sameDay(before.time, item.time);
    const first = newDay || !continues(before, item);
    return html`${newDay ? html`<li class="day">${dayName(item.time)}</li>` : nothing}
    ${message(item, { first, own: item.from === this.me?.id })}`;
  }

  #gap(gap) {
    if (gap.beyond) return html`<li class="gap">Messages are missing here. The server no longer has them.</li>`;
    const before = olderThan(this.room, gap);
    return html`<li class="gap">
      Messages are missing here.
      ${before === null ? nothing : html`<button class="link" @click=${() => this.#askOlder(before)}>Load them</button>`}
    </li>`;
  }

  #outgoing() {
    const last = this.room.items.at(-1);
    return repeat(
      this.room.outgoing,
      ({ id }) => id,
      (entry, i) => {
        const first = i === 0 && !continues(last, { ...entry, from: this.me?.id, name: this.me?.name });
        const fire = (name) => () => this.dispatchEvent(new CustomEvent(name, { detail: { id: entry.id } }));
        return leaving(entry, { first, me: this.me, retry: fire('retry'), discard: fire('discard') });
      },
    );
  }

  #scroll() {
    return this.renderRoot?.querySelector('.scroll');
  }

  #toEnd() {
    const scroll = this.#scroll();
    scroll.scrollTop = scroll.scrollHeight;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll();
    this.#atEnd = scrollHeight - scrollTop - clientHeight < END_PX;
    if (this.#atEnd) this.fresh = 0;
    const { room } = this;
    if (scrollTop < BEGINNING_PX && scrollHeight > clientHeight && room.older && !room.loadingOlder) {
      this.#askOlder(olderThan(room));
    }
  }

  #showNewest() {
    this.fresh = 0;
    this.#atEnd = true;
    this.#toEnd();
    this.#scroll().focus();
  }

  #askOlder(before) {
    if (before !== null) this.dispatchEvent(new CustomEvent('older', { detail: { before } }));
  }
}

const key = (item) => (item.type === 'gap' ? `gap ${item.after}` : item.id);

customElements.define('parley-timeline', TimelineView);
