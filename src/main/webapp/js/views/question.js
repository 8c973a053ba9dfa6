import { html, nothing } from '../../lib/lit-element/lit-element.js';
import { isSealed } from '../page/sealed-name.js';
import './dialogs.js';
import './switcher.js';

/**
 * What stands in front of the page.
 *
 * @param {{name: string} | null} asked
 * @param {{view: object, room: object, chat: import('../page/chat.js').Chat, open: (room: string) => void, ask: (name: string) => void,
 *   closed: () => void}} page
 */
export function question(asked, page) {
  return asked === null ? nothing : QUESTIONS[asked.name](page, asked);
}

const sealed = () => import('./sealed-dialogs.js');

/**
 * What is not asked in the middle of typing comes when it is asked first, or when the page has nothing better to do: the
 * first message is not to wait for it.
 */
const LATER = {
  search: () => import('./search.js'),
  settings: () => import('./settings.js'),
  picture: () => import('./lightbox.js'),
  invite: sealed,
  'sealed-new': sealed,
  keys: sealed,
};

/** @returns {Promise<boolean>} whether this can be asked: not without its modules, when the server is away */
export async function askable(name) {
  try {
    await LATER[name]?.();
    return true;
  } catch (error) {
    console.warn('This cannot be asked yet:', error.message);
    return false;
  }
}

/** Everything that can be asked. */
export const loadQuestions = () => Promise.all(Object.values(LATER).map((load) => load()));

const QUESTIONS = {
  switcher: ({ view, open, closed }) =>
    html`<parley-switcher
      .rooms=${Object.values(view.rooms)}
      @open=${({ detail }) => open(detail.room)}
      @closed=${closed}
    ></parley-switcher>`,
  search: ({ room, chat, closed }) =>
    html`<parley-search
      .room=${room.name}
      .find=${(words) => chat.search(words)}
      @go-to=${({ detail }) => chat.goTo(detail.seq)}
      @closed=${closed}
    ></parley-search>`,
  settings: ({ ask, closed }) => html`<parley-settings @keys=${() => ask('keys')} @closed=${closed}></parley-settings>`,
  invite: ({ room, chat, closed }) =>
    isSealed(room.name)
      ? html`<parley-sealed-invite .room=${room.name} .invitation=${() => chat.sealed.invitation(room.name)} @closed=${closed}></parley-sealed-invite>`
      : html`<parley-invite .room=${room.name} .link=${location.href} @closed=${closed}></parley-invite>`,
  'sealed-new': ({ chat, open, closed }) =>
    html`<parley-sealed-new
      @make=${async ({ detail }) => {
        await chat.sealed.make(detail.room);
        open(detail.room);
      }}
      @closed=${closed}
    ></parley-sealed-new>`,
  keys: ({ chat, closed }) =>
    html`<parley-keys
      .rooms=${() => chat.sealed.rooms()}
      .save=${(passphrase) => chat.sealed.exported(passphrase)}
      .load=${(file, passphrase) => chat.importKeys(file, passphrase)}
      @closed=${closed}
    ></parley-keys>`,
  topic: ({ room, chat, closed }) =>
    html`<parley-topic .topic=${room.topic} @save=${({ detail }) => chat.setTopic(detail.topic)} @closed=${closed}></parley-topic>`,
  react: ({ chat, closed }, { item }) =>
    html`<parley-emoji @chosen=${({ detail }) => chat.react(item, detail.emoji)} @closed=${closed}></parley-emoji>`,
  picture: ({ chat, closed }, { file }) =>
    html`<parley-lightbox .file=${file} .open=${() => chat.files.opened(file)} @closed=${closed}></parley-lightbox>`,
  confirm: ({ closed }, { question: text, action, confirmed }) =>
    html`<parley-confirm .question=${text} .action=${action} @confirmed=${confirmed} @closed=${closed}></parley-confirm>`,
};
