import { t } from '../words/words.js';

/**
 * @param {import('../page/chat.js').Chat} chat
 * @returns {Promise<string>} what to ask before somebody signs out; nothing if nothing is lost with it
 */
export async function lostBySigningOut(chat) {
  const lost = { 'app.unsent-lost': chat.waiting, 'sealed.sign-out': (await chat.sealed.rooms()).length };
  return Object.entries(lost)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => t(key, { count }))
    .join(' ');
}

/** @returns {string} what to ask before somebody leaves the room; nothing if nothing is lost with it */
export const lostByLeaving = ({ outgoing }) => (outgoing.length === 0 ? '' : t('room.unsent-lost', { count: outgoing.length }));
