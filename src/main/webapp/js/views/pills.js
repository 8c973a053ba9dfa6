import { html, nothing } from '../../lib/lit-element/lit-element.js';
import { lowerBound } from '../store/items.js';
import { newOnes } from '../store/room.js';
import { t } from '../words/words.js';
import { dayName, sameDay, timeOfDay } from './format.js';
import { close, down } from './icons.js';

const when = (time) => (sameDay(time, Date.now()) ? timeOfDay(time) : `${dayName(time)}, ${timeOfDay(time)}`);

/**
 * How many came since somebody was here last, and the way to the first of them.
 *
 * @param {object} room
 * @param {{goTo: (seq: number) => void, dismiss: () => void}} act
 */
export function newPill(room, { goTo, dismiss }) {
  const count = newOnes(room);
  if (count === 0) return nothing;
  const next = room.first <= room.line.seq + 1 ? room.items[lowerBound(room.items, room.line.seq + 0.6)] : undefined;
  // Of a message that was not fetched yet only the number is known.
  const label = next?.time ? t('timeline.new-since', { count, time: when(next.time) }) : t('timeline.new', { count });
  return html`<div class="pill new">
    <button class="primary" @click=${() => goTo(next?.seq ?? room.line.seq + 1)}>${label}</button>
    <button class="primary" aria-label=${t('timeline.read')} title=${t('timeline.read')} @click=${dismiss}>${close}</button>
  </div>`;
}

/** The way back to the end, with how many came meanwhile. */
export function latestPill(arrived, go) {
  const label = arrived > 0 ? t('timeline.new', { count: arrived }) : t('timeline.latest');
  return html`<div class="pill latest"><button class="primary" @click=${go}>${down}${label}</button></div>`;
}
