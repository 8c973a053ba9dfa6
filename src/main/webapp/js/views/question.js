import { html, nothing } from '../../lib/lit-element/lit-element.js';
import './dialogs.js';
import './settings.js';
import './switcher.js';

/**
 * What stands in front of the page.
 *
 * @param {{name: string} | null} asked
 * @param {{view: object, room: object, chat: import('../page/chat.js').Chat, open: (room: string) => void, closed: () => void}} page
 */
export function question(asked, page) {
  return asked === null ? nothing : QUESTIONS[asked.name](page, asked);
}

const QUESTIONS = {
  switcher: ({ view, open, closed }) =>
    html`<parley-switcher
      .rooms=${Object.values(view.rooms)}
      @open=${({ detail }) => open(detail.room)}
      @closed=${closed}
    ></parley-switcher>`,
  settings: ({ closed }) => html`<parley-settings @closed=${closed}></parley-settings>`,
  invite: ({ room, closed }) => html`<parley-invite .room=${room.name} .link=${location.href} @closed=${closed}></parley-invite>`,
  topic: ({ room, chat, closed }) =>
    html`<parley-topic .topic=${room.topic} @save=${({ detail }) => chat.setTopic(detail.topic)} @closed=${closed}></parley-topic>`,
  react: ({ chat, closed }, { item }) =>
    html`<parley-emoji @chosen=${({ detail }) => chat.react(item, detail.emoji)} @closed=${closed}></parley-emoji>`,
  confirm: ({ closed }, { question: text, action, confirmed }) =>
    html`<parley-confirm .question=${text} .action=${action} @confirmed=${confirmed} @closed=${closed}></parley-confirm>`,
};
