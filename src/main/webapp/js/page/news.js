import { systemClock } from '../client/clock.js';
import { isRoot } from '../store/items.js';
import { mentions } from '../store/room.js';
import { said } from '../store/said.js';
import { t } from '../words/words.js';
import { Announcements } from './announcements.js';
import { remembered } from './remembered.js';

/** Which of the messages that arrive are read out, and which are shown to somebody who looks elsewhere. */
export class News {
  #announcements;
  #notify;

  /**
   * @param {object} options
   * @param {(text: string) => void} options.say reads a text out
   * @param {(message: object, room: string) => void} options.notify
   */
  constructor({ say, notify }) {
    this.#notify = notify;
    this.#announcements = new Announcements({
      clock: systemClock,
      say: (message) => say(announced(message)),
      saySum: (count) => say(t('announce.many', { count })),
    });
  }

  /**
   * @param {{room: string, messages: object[]}} event
   * @param {import('../store/store.js').initial} state
   */
  arrived({ room, messages }, { me, visible, active }) {
    for (const message of messages) {
      if (message.from === me?.id || !isRoot(message) || said(message) === null) continue;
      const mentioned = mentions(message, me);
      const wanted = remembered.announce === 'all' || (remembered.announce === 'mentions' && mentioned);
      if (wanted && room === active) this.#announcements.heard(message);
      if (mentioned && (!visible || room !== active)) this.#notify(message, room);
    }
  }
}

function announced(message) {
  const text = said(message);
  return t('announce.message', { name: message.name, text: message.kind === 'file' ? t('files.said', { name: text }) : text });
}
