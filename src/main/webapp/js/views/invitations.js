import { address, takeSecret } from '../page/address.js';
import { t } from '../words/words.js';

/** What becomes of a link with a room's secret, wherever it was found. */
export class Invitations {
  #chat;
  #page;

  /**
   * @param {import('../page/chat.js').Chat} chat
   * @param {{open: (room: string) => void, ask: (name: string, about: object) => void, warn: (text: string) => void}} page
   */
  constructor(chat, page) {
    this.#chat = chat;
    this.#page = page;
  }

  /** @returns {boolean} whether the address was an invitation; its secret is no longer there then */
  get addressed() {
    const secret = takeSecret();
    if (secret !== null) this.#followed(secret);
    return secret !== null;
  }

  async #followed(secret) {
    const link = await this.#read(secret);
    if (link !== null) await this.follow(link);
  }

  /** As `addressed`, before there is a room to open: that is for the address to say, once somebody is signed in. */
  async keepAddressed() {
    const secret = takeSecret();
    const link = secret === null ? null : await this.#read(secret);
    if (link !== null) await this.#keep(link);
  }

  /** @returns {Promise<{room: string, secret: Uint8Array} | null>} null if it cannot be read; whoever followed it knows why */
  async #read(secret) {
    let link;
    try {
      const { readLink } = await import('../crypto/link.js');
      link = readLink(secret);
    } catch (error) {
      console.warn('The invitation is not read:', error.message);
      this.#page.warn(t('sealed.link-not-loaded'));
      return null;
    }
    address.room = link?.room ?? null;
    if (link === null) this.#page.warn(t('sealed.bad-link'));
    return link;
  }

  /** Opens the room of an invitation. */
  async follow(link) {
    if (await this.#keep(link)) this.#page.open(link.room);
  }

  /** @returns {Promise<boolean>} whether the key that is here is the link's; if not, somebody is asked */
  async #keep(link) {
    const { room } = link;
    const kept = await this.#chat.sealed.keep(link);
    const confirmed = async () => {
      await this.#chat.sealed.keep(link, { replace: true });
      await this.#chat.unlock(room);
      this.#page.open(room);
    };
    if (!kept) this.#page.ask('confirm', { question: t('sealed.replace', { room }), action: t('sealed.use-link'), confirmed });
    return kept;
  }
}
