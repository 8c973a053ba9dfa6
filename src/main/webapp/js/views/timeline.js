import { html, LitElement, nothing } from '../../lib/lit-element/lit-element.js';
import { repeat } from '../../lib/lit-html/directives/repeat.js';
import { isRoot, lowerBound, messageAt, place, preview } from '../store/items.js';
import { leaving, mentions } from '../store/room.js';
import { reason, t } from '../words/words.js';
import { Anchor } from './anchor.js';
import { continues, dayName, startOfDay } from './format.js';
import { actions, actionStyles } from './message-actions.js';
import { fileStyles } from './file.js';
import { leavingMessage, message, messageStyles } from './message.js';
import { latestPill, newPill } from './pills.js';
import { RowWindow } from './row-window.js';
import { shared } from './styles.js';
import { KEYS, MOVES } from './timeline-keys.js';
import { timelineStyles } from './timeline-styles.js';

/** This close to the end counts as reading along. */
const END_PX = 60;
/** This close to the beginning of what there is asks for more. */
const MORE_PX = 400;
/** A row of one line. */
const ROW_PX = 28;

/**
 * A room's messages. Fires `older`, `fill` {gap}, `seen`, `reads-along` {readsAlong}, `go-to` {seq}, `line-gone`, and what
 * somebody does to a message: `act` {name, item} of `message-actions.js`, `retry`, `discard`, `revise`, `copy` {entry}.
 */
export class TimelineView extends LitElement {
  static properties = { room: {}, me: {}, pointed: { state: true }, current: { state: true }, arrived: { state: true } };

  static styles = [shared, messageStyles, fileStyles, actionStyles, timelineStyles];

  #rows = new RowWindow();
  #anchor = new Anchor();
  #readsAlong = true;
  #goal = null;
  #resizes;

  constructor() {
    super();
    /** The row under the pointer, and the one that the arrow keys are at: the seq. */
    this.pointed = null;
    this.current = null;
    /** How many came while somebody was reading further up. */
    this.arrived = 0;
  }

  willUpdate(changed) {
    if (!changed.has('room')) return;
    const before = changed.get('room');
    const { room } = this;
    if (before?.name !== room.name) this.#start();
    else if (before.items !== room.items) this.#follow(before);
    // What somebody sends is what they want to see, wherever they had scrolled to.
    if (before?.name === room.name && leaving(room).length > leaving(before).length) this.#toEnd();
    if (room.goal !== before?.goal && room.goal !== null) this.#aim(room.goal.seq);
    this.#pending = pending(room);
  }

  #pending = new Map();

  #start() {
    this.#rows.toEnd(this.room.items);
    this.arrived = 0;
    this.current = null;
    this.pointed = null;
    this.#goal = null;
    this.#readAlong(true);
  }

  #follow(before) {
    const { items } = this.room;
    if (!this.#readsAlong && this.room.n > before.n) this.arrived += this.room.n - before.n;
    if (before.items.length === 0 || this.room.epoch !== before.epoch) this.#rows.toEnd(items);
    else this.#rows.follow(before.items, items, this.#readsAlong);
    // Together with what they stand before, or the row that is read would have nothing above it and move for a moment.
    if (!this.#readsAlong && this.#scroll()?.scrollTop < MORE_PX) this.#rows.up();
  }

  #aim(seq) {
    const { items } = this.room;
    const at = lowerBound(items, seq);
    const found = items[at]?.type === 'message' ? items[at] : items[at + 1];
    if (found?.type !== 'message') return;
    this.#rows.around(items, at);
    this.#readAlong(false);
    this.#goal = found.seq;
    this.current = found.seq;
  }

  update(changed) {
    const scroll = this.#scroll();
    if (scroll && !this.#readsAlong) this.#anchor.take(scroll);
    super.update(changed);
  }

  updated(changed) {
    const scroll = this.#scroll();
    if (this.#goal !== null) this.#showGoal();
    else if (this.#readsAlong) scroll.scrollTop = scroll.scrollHeight;
    else this.#anchor.restore(scroll);
    if (changed.has('room')) this.#look(changed.get('room')?.items !== this.room.items);
  }

  /** After more rows or a resize: is there enough above, and has somebody seen the end? */
  #look(rowsChanged) {
    if (rowsChanged) this.#more();
    if (this.#readsAlong && this.room.unread > 0) this.#fire('seen');
  }

  firstUpdated() {
    // Whoever reads along goes on doing so when the keyboard of a phone or a longer draft takes room, and whoever does
    // not keeps the line they read when a row above it grows.
    this.#resizes = new ResizeObserver(() => {
      const scroll = this.#scroll();
      this.#rows.seenAtOnce(Math.ceil((scroll.clientHeight + MORE_PX) / ROW_PX));
      if (this.#readsAlong) scroll.scrollTop = scroll.scrollHeight;
      else this.#anchor.restore(scroll);
    });
    this.#resizes.observe(this.#scroll());
    this.#resizes.observe(this.renderRoot.querySelector('.list'));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resizes?.disconnect();
  }

  render() {
    const { room } = this;
    return html`
      <div
        class="scroll"
        role="region"
        aria-label=${t('timeline.messages', { room: room.name })}
        tabindex=${room.items.length > 0 ? -1 : 0}
        @scroll=${this.#scrolled}
        @keydown=${this.#key}
        @pointerleave=${() => (this.pointed = null)}
      >
        <ol class="list">
          ${this.#beginning()} ${this.#days()} ${this.#outgoing()}
        </ol>
      </div>
      ${this.#newPill()} ${this.#readsAlong ? nothing : latestPill(this.arrived, () => this.#latest())}
    `;
  }

  #beginning() {
    const { room } = this;
    if (room.state === 'refused') {
      return html`<li class="beginning"><h2>${t('room.closed')}</h2><p>${reason(room.error)}</p></li>`;
    }
    if (room.loading) return html`<li class="center soft">${t('timeline.loading')}</li>`;
    if (this.#rows.start > 0) return nothing;
    if (room.older) {
      return html`<li class="center"><button class="link" @click=${() => this.#fire('older')}>${t('timeline.earlier')}</button></li>`;
    }
    if (room.epoch === null && room.items.length === 0) return html`<li class="center soft">${t('timeline.opening')}</li>`;
    return html`<li class="beginning"><h2 dir="auto">#${room.name}</h2><p>${t('timeline.begins')}</p></li>`;
  }

  /** A day is a list of its own, so that its date stays at the top only as long as the day is there. */
  #days() {
    const { items } = this.room;
    const shown = items.slice(this.#rows.start, this.#rows.end);
    const days = [];
    shown.forEach((item, i) => {
      const before = items[this.#rows.start + i - 1];
      if (i > 0 && joins(item, before)) {
        days.at(-1).rows.at(-1).count++;
        return;
      }
      const day = item.type === 'message' ? startOfDay(item.time) : (days.at(-1)?.day ?? null);
      if (days.length === 0 || (day !== null && days.at(-1).day !== null && day !== days.at(-1).day)) days.push({ day, rows: [] });
      days.at(-1).day ??= day;
      days.at(-1).rows.push({ item, before, count: 1 });
    });
    const current = this.#reachable(shown);
    return repeat(
      days,
      ({ day }) => `day ${day}`,
      ({ day, rows }) =>
        html`<li>
          ${day === null ? nothing : html`<div class="day"><span role="heading" aria-level="2">${dayName(day)}</span></div>`}
          <ol>
            ${repeat(rows, ({ item }) => key(item), (row) => this.#row(row, current))}
          </ol>
        </li>`,
    );
  }

  /** The one row that Tab reaches: where the arrow keys were, else the newest. */
  #reachable(shown) {
    if (this.current !== null && shown.some((item) => item.seq === this.current)) return this.current;
    return shown.findLast(({ type }) => type === 'message')?.seq;
  }

  #row({ item, before, count }, current) {
    if (item.type === 'gap') return this.#gap(item);
    const { room, me } = this;
    const lined = this.#isLine(item, before);
    const first = lined || before?.type !== 'message' || !continues(before, item);
    const changes = this.#pending.get(item.seq) ?? [];
    const shown = changes.reduce((each, entry) => preview(each, entry, me?.id), item);
    const active = item.seq === this.pointed || (item.seq === this.current && this.#focusWithin);
    return html`${lined ? html`<li class="line" id="line"><span>${t('timeline.unread')}</span></li>` : nothing}
      <li
        class="message ${first ? 'first' : 'rest'} ${item.from === me?.id ? 'own' : ''} ${mentions(item, me) ? 'mentioned' : ''} ${
          item.seq === room.goal?.seq ? 'goal' : ''
        }"
        data-key=${item.seq}
        tabindex=${item.seq === current ? 0 : -1}
        @pointerenter=${() => (this.pointed = item.seq)}
        @focusin=${() => this.#focused(item.seq)}
        @focusout=${() => this.#focused(null)}
      >
        ${message(item.unreadable ? { ...shown, count } : shown, { first, me, users: room.users, react: (emoji) => this.#act('react', item, emoji), goTo: (seq) => this.#fire('go-to', { seq }), act: (name) => this.#act(name, item) })}
        ${this.#changes(changes)} ${active && canBeActedOn(item) ? actions(item, { me, act: (name) => this.#act(name, item) }) : nothing}
      </li>`;
  }

  #focusWithin = false;

  #focused(seq) {
    this.#focusWithin = seq !== null;
    if (seq !== null) this.current = seq;
    this.requestUpdate();
  }

  #isLine(item, before) {
    const { line } = this.room;
    return line !== null && item.seq > line.seq && !(before?.type === 'message' && before.seq > line.seq);
  }

  /** Edits, deletes and reactions that are not sent. */
  #changes(entries) {
    const failed = entries.filter(({ state }) => state === 'failed');
    return failed.map((entry) => leavingMessage.fate(entry, this.#handlers(entry)));
  }

  #gap(gap) {
    if (gap.beyond) return html`<li class="gap" data-key=${key(gap)}>${t('timeline.gap-beyond')}</li>`;
    return html`<li class="gap" data-key=${key(gap)}>
      ${t('timeline.gap')} <button class="link" @click=${() => this.#fire('fill', { gap })}>${t('timeline.load')}</button>
    </li>`;
  }

  #outgoing() {
    if (this.#rows.end < this.room.items.length) return nothing;
    const last = this.room.items.at(-1);
    const { me } = this;
    return repeat(
      leaving(this.room),
      ({ id }) => id,
      (entry, i) => {
        const first = i === 0 && !(last && continues(last, { ...entry, from: me?.id, name: me?.name }));
        return leavingMessage(entry, { first, me, ...this.#handlers(entry) });
      },
    );
  }

  #handlers(entry) {
    const fire = (name) => () => this.#fire(name, { entry });
    return { retry: fire('retry'), discard: fire('discard'), revise: fire('revise'), copy: fire('copy') };
  }

  #newPill() {
    if (this.#lineInView) return nothing;
    return newPill(this.room, { goTo: (seq) => this.#fire('go-to', { seq }), dismiss: () => this.#fire('line-gone') });
  }

  #lineInView = false;

  #scroll() {
    return this.renderRoot?.querySelector('.scroll');
  }

  #scrolled() {
    const scroll = this.#scroll();
    this.#anchor.take(scroll);
    const toEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
    this.#readAlong(toEnd < END_PX && this.#rows.end === this.room.items.length);
    this.#seeLine();
    this.#more();
    if (this.#readsAlong && this.room.unread > 0) this.#fire('seen');
  }

  #more() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll();
    if (scrollTop < MORE_PX) {
      if (this.#rows.up()) this.requestUpdate();
      else if (this.room.older && !this.room.loading) this.#fire('older');
    }
    if (scrollHeight - scrollTop - clientHeight < MORE_PX && this.#rows.down(this.room.items)) this.requestUpdate();
  }

  #seeLine() {
    const line = this.renderRoot.querySelector('#line');
    const inView = line !== null && line.getBoundingClientRect().bottom > this.#scroll().getBoundingClientRect().top;
    if (inView === this.#lineInView) return;
    this.#lineInView = inView;
    this.requestUpdate();
  }

  #readAlong(readsAlong) {
    if (readsAlong) this.arrived = 0;
    if (readsAlong === this.#readsAlong) return;
    this.#readsAlong = readsAlong;
    this.#fire('reads-along', { readsAlong });
    this.requestUpdate();
  }

  #toEnd() {
    this.#rows.toEnd(this.room.items);
    this.#readAlong(true);
  }

  #latest() {
    this.#toEnd();
    this.requestUpdate();
    this.focusMessage(this.room.items.findLast(({ type }) => type === 'message')?.seq);
  }

  #showGoal() {
    const row = this.#element(this.#goal);
    this.#goal = null;
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
    this.#anchor.take(this.#scroll());
    this.#seeLine();
  }

  #element(at) {
    return this.renderRoot.querySelector(`[data-key="${at}"]`);
  }

  async focusMessage(seq) {
    const at = lowerBound(this.room.items, seq ?? -1);
    if (!messageAt(this.room.items, seq)) return;
    this.#rows.around(this.room.items, at);
    this.current = seq;
    this.requestUpdate();
    await this.updateComplete;
    this.#element(seq)?.focus();
  }

  #key(event) {
    const row = event.target.closest?.('.message[data-key]');
    const item = row && messageAt(this.room.items, Number(row.dataset.key));
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const move = MOVES[event.key];
    if (move && (event.target === row || move.within)) {
      event.preventDefault();
      this.#move(item, move.by);
    } else if (event.target === row && KEYS[event.key] && canBeActedOn(item)) {
      event.preventDefault();
      this.#act(KEYS[event.key], item);
    }
  }

  #move(item, by) {
    const messages = this.room.items.filter(({ type }) => type === 'message');
    const at = messages.indexOf(item);
    const next = messages[Math.min(messages.length - 1, Math.max(0, at + by))];
    if (next === item && by < 0) this.#fire('older');
    this.focusMessage(next.seq);
  }

  #act(name, item, emoji) {
    const own = item.from === this.me?.id;
    if ((name === 'edit' || name === 'delete') && !own) return;
    this.#fire('act', { name, item, emoji });
  }

  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** Many messages of one sender that cannot be read are one row. */
const joins = (item, before) => item.unreadable !== undefined && before?.unreadable === item.unreadable && before.from === item.from;

const canBeActedOn = ({ deleted, unreadable }) => !deleted && !unreadable;

const key = (item) => (item.type === 'gap' ? place(item) : item.seq);

/** What is not sent yet and is about messages that are here, by their seq. */
function pending(room) {
  const changes = new Map();
  for (const entry of room.outgoing) {
    if (isRoot(entry)) continue;
    changes.set(entry.body.target, [...(changes.get(entry.body.target) ?? []), entry]);
  }
  return changes;
}

customElements.define('parley-timeline', TimelineView);
