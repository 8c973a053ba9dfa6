import { css, html, nothing } from '../../lib/lit-element/lit-element.js';
import { copyText } from '../page/clipboard.js';
import { findEmoji } from '../page/completion.js';
import { QUICK } from '../page/emoji.js';
import { t } from '../words/words.js';
import { DialogView, dialogStyles } from './dialog.js';
import { shared } from './styles.js';

const TOPIC_LENGTH = 120;
const EMOJI_SHOWN = 48;

/** Asks whether to do it. Fires `confirmed`. */
export class ConfirmView extends DialogView {
  static properties = { question: {}, action: {} };

  get label() {
    return this.question;
  }

  content() {
    return html`<div class="row">
      <button @click=${this.close}>${t('app.cancel')}</button>
      <button class="primary" autofocus @click=${this.#confirm}>${this.action}</button>
    </div>`;
  }

  #confirm() {
    this.dispatchEvent(new CustomEvent('confirmed'));
    this.close();
  }
}

/** The address of a room, to be given to others. */
export class InviteView extends DialogView {
  static properties = { room: {}, link: {}, copied: { state: true } };

  get label() {
    return t('room.invite');
  }

  content() {
    return html`<p>${t('room.invite-text', { room: this.room })}</p>
      <label for="link">${t('room.invite-link')}</label>
      <input id="link" readonly dir="ltr" .value=${this.link} @focus=${({ target }) => target.select()} />
      <div class="row">
        <span role="status" class="soft">${this.copied ? t('app.copied') : nothing}</span>
        <button class="primary" autofocus @click=${this.#copy}>${t('room.copy')}</button>
      </div>`;
  }

  async #copy() {
    // Where nothing may be copied the selected text is one key away.
    this.renderRoot.querySelector('#link').select();
    this.copied = await copyText(this.link);
  }
}

/** What a room is about. Fires `save` {topic}. */
export class TopicView extends DialogView {
  static properties = { topic: {} };

  get label() {
    return t('room.set-topic');
  }

  content() {
    return html`<form @submit=${this.#save}>
      <label for="topic">${t('room.topic')}</label>
      <input id="topic" name="topic" maxlength=${TOPIC_LENGTH} autocomplete="off" autofocus dir="auto" .value=${this.topic ?? ''} />
      <div class="row">
        <button type="button" @click=${this.close}>${t('app.cancel')}</button>
        <button class="primary">${t('room.save')}</button>
      </div>
    </form>`;
  }

  #save(event) {
    event.preventDefault();
    const topic = new FormData(event.target).get('topic').trim();
    if (topic !== (this.topic ?? '')) this.dispatchEvent(new CustomEvent('save', { detail: { topic } }));
    this.close();
  }
}

/** Chooses an emoji. Fires `chosen` {emoji}. */
export class EmojiView extends DialogView {
  static properties = { query: { state: true } };

  static styles = [
    shared,
    dialogStyles,
    css`
      .emoji {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(2.5rem, 1fr));
        gap: var(--space-1);
        margin-top: var(--space-3);
      }

      .emoji button {
        padding: 0;
        font-size: 1.25rem;
      }
    `,
  ];

  constructor() {
    super();
    this.query = '';
  }

  get label() {
    return t('message.choose-emoji');
  }

  content() {
    const found = findEmoji(this.query.trim().toLowerCase().replaceAll(':', ''));
    const shown = [...new Map([...(this.query === '' ? QUICK.map((sign) => ['', sign]) : []), ...found].map(([name, sign]) => [sign, name]))];
    const names = new Map(findEmoji('').map(([name, sign]) => [sign, name]));
    return html`<form @submit=${this.#first}>
        <label for="find">${t('message.find-emoji')}</label>
        <input id="find" autocomplete="off" autofocus .value=${this.query} @input=${({ target }) => (this.query = target.value)} />
      </form>
      <div class="emoji">
        ${shown
          .slice(0, EMOJI_SHOWN)
          .map(([sign]) => html`<button aria-label=${names.get(sign)} title=":${names.get(sign)}:" @click=${() => this.#choose(sign)}>${sign}</button>`)}
      </div>
      <p role="status">${shown.length === 0 ? t('message.no-emoji') : nothing}</p>`;
  }

  #first(event) {
    event.preventDefault();
    this.renderRoot.querySelector('.emoji button')?.click();
  }

  #choose(emoji) {
    this.dispatchEvent(new CustomEvent('chosen', { detail: { emoji } }));
    this.close();
  }
}

customElements.define('parley-confirm', ConfirmView);
customElements.define('parley-invite', InviteView);
customElements.define('parley-topic', TopicView);
customElements.define('parley-emoji', EmojiView);
