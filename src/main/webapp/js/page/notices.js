import { said } from '../store/said.js';
import { excerpt } from '../views/markup.js';
import { remembered } from './remembered.js';

/** Desktop notifications of mentions, for those who asked for them. */
export class Notices {
  #open;

  /** @param {(room: string) => void} open called when somebody follows a notification */
  constructor(open) {
    this.#open = open;
  }

  show(message, room) {
    if (!remembered.notify || globalThis.Notification?.permission !== 'granted') return;
    const { id, name } = message;
    // The same tag in all tabs: one message is one notification.
    const notice = new Notification(`${name} · #${room}`, { body: excerpt(said(message) ?? ''), tag: id, icon: new URL('../../img/parley.svg', import.meta.url).href });
    notice.onclick = () => {
      globalThis.focus();
      this.#open(room);
      notice.close();
    };
  }
}
