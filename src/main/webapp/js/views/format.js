import { locale, t } from '../words/words.js';

/** How times, names and numbers read. Nothing here touches the page. */

const GROUP_MS = 5 * 60_000;
const TONES = 8;

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });
const thisYear = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const otherYear = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });

export const timeOfDay = (time) => clock.format(time);

/** Without AM and PM: for the margin, where there is room for five characters. */
export const shortTime = (time) =>
  clock
    .formatToParts(time)
    .filter(({ type }) => type === 'hour' || type === 'minute')
    .map(({ value }) => value)
    .join(':');

export const fullTime = (time) => full.format(time);
export const machineTime = (time) => new Date(time).toISOString();

export const startOfDay = (time) => new Date(time).setHours(0, 0, 0, 0);

export const sameDay = (a, b) => startOfDay(a) === startOfDay(b);

/** @returns {string} today, yesterday, or the date with as much as is needed to know it */
export function dayName(time, now = Date.now()) {
  const days = Math.round((startOfDay(now) - startOfDay(time)) / 86_400_000);
  if (days === 0) return t('timeline.today');
  if (days === 1) return t('timeline.yesterday');
  return (new Date(time).getFullYear() === new Date(now).getFullYear() ? thisYear : otherYear).format(time);
}

/** Whether a message belongs under the name of the one before it. */
export function continues(before, message) {
  return (
    before?.type === 'message' &&
    before.from === message.from &&
    before.name === message.name &&
    message.time - before.time < GROUP_MS &&
    sameDay(before.time, message.time)
  );
}

/** One or two letters for an avatar; by code points, so that no letter is cut in half. */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = (word) => [...(word ?? '')][0] ?? '';
  return ((first(words[0]) || '?') + (words.length > 1 ? first(words.at(-1)) : '')).toLocaleUpperCase();
}

/** A colour that stays with a user: the name of one of eight classes. */
export function tone(id) {
  // FNV-1a: ids that differ in one letter get colours that differ.
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  return `tone-${((hash ^ (hash >>> 15)) >>> 0) % TONES}`;
}
