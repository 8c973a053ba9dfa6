import { html, nothing } from '../../lib/lit-element/lit-element.js';
import { SHORTEST_PASSPHRASE } from '../crypto/key-export.js';
import { copyText } from '../page/clipboard.js';
import { sealedName } from '../page/sealed-name.js';
import { t } from '../words/words.js';
import { DialogView } from './dialog.js';

/** Names a new sealed room. Fires `make` {room}. */
export class SealedNewView extends DialogView {
  static properties = { problem: { state: true } };

  get label() {
    return t('sealed.new');
  }

  content() {
    return html`<form @submit=${this.#submit} novalidate>
      <p>${t('sealed.what')}</p>
      <p>${t('sealed.who-reads')}</p>
      <label for="name">${t('sealed.name')}</label>
      <input
        id="name"
        name="name"
        maxlength="57"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        autofocus
        aria-invalid=${this.problem ? 'true' : 'false'}
        aria-describedby="problem"
      />
      <p id="problem" class="error" role="alert">${this.problem}</p>
      <div class="row">
        <button type="button" @click=${this.close}>${t('app.cancel')}</button>
        <button class="primary">${t('sealed.make')}</button>
      </div>
    </form>`;
  }

  #submit(event) {
    event.preventDefault();
    const room = sealedName(new FormData(event.target).get('name'));
    if (room === null) {
      this.problem = t('rooms.bad-name');
      return;
    }
    this.dispatchEvent(new CustomEvent('make', { detail: { room } }));
    this.close();
  }
}

/** The link with a room's secret, which is made only when somebody asks for it. */
export class SealedInviteView extends DialogView {
  static properties = {
    room: {},
    /** `() => Promise<string>` */
    invitation: {},
    link: { state: true },
    copied: { state: true },
  };

  get label() {
    return t('room.invite');
  }

  content() {
    return html`<p>${t('sealed.invite-text', { room: this.room })}</p>
      <p><strong>${t('sealed.who-reads')}</strong></p>
      ${this.link ? this.#shown() : nothing}
      <div class="row">
        <span role="status" class="soft">${this.copied ? t('app.copied') : nothing}</span>
        <button class="primary" autofocus @click=${this.#copy}>${t('sealed.copy-invite')}</button>
      </div>`;
  }

  #shown() {
    return html`<label for="link">${t('room.invite-link')}</label>
      <input id="link" readonly dir="ltr" .value=${this.link} @focus=${({ target }) => target.select()} />`;
  }

  async #copy() {
    this.link = await this.invitation();
    await this.updateComplete;
    this.renderRoot.querySelector('#link').select();
    this.copied = await copyText(this.link);
  }
}

/** Keys for another device, behind a passphrase, and from one. */
export class KeysView extends DialogView {
  static properties = {
    /** `() => Promise<string[]>`: of which rooms there are keys here. */
    rooms: {},
    count: { state: true },
    /** `(passphrase) => Promise<string>` */
    save: {},
    /** `(file, passphrase) => Promise<number>`: how many rooms' keys were taken */
    load: {},
    busy: { state: true },
    said: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    this.count = 0;
  }

  get label() {
    return t('sealed.keys');
  }

  firstUpdated() {
    super.firstUpdated();
    this.#count();
  }

  async #count() {
    this.count = (await this.rooms()).length;
  }

  content() {
    return html`<p>${t('sealed.keys-text')}</p>
      <form @submit=${this.#submit}>
        <label for="passphrase">${t('sealed.passphrase')}</label>
        <input id="passphrase" name="passphrase" type="password" autocomplete="off" minlength=${SHORTEST_PASSPHRASE} required autofocus dir="auto" />
        <label for="file">${t('sealed.file')}</label>
        <input id="file" name="file" type="file" accept=".json,application/json" />
        <p role="status" class="soft">${this.busy ? t('sealed.busy') : this.said}</p>
        <p class="error" role="alert">${this.problem}</p>
        <div class="row">
          <button name="export" ?disabled=${this.busy || this.count === 0}>${t('sealed.export', { count: this.count })}</button>
          <button name="import" class="primary" ?disabled=${this.busy}>${t('sealed.import')}</button>
        </div>
      </form>`;
  }

  async #submit(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    const passphrase = given.get('passphrase');
    Object.assign(this, { busy: true, said: null, problem: null });
    try {
      if (event.submitter.name === 'export') this.#download(await this.save(passphrase));
      else this.said = t('sealed.imported', { count: await this.load(await given.get('file').text(), passphrase) });
    } catch (error) {
      if (error.name !== 'Unreadable') throw error;
      this.problem = t('sealed.import-failed');
    } finally {
      this.busy = false;
      await this.#count();
    }
  }

  #download(file) {
    const address = URL.createObjectURL(new Blob([file], { type: 'application/json' }));
    Object.assign(document.createElement('a'), { href: address, download: 'parley-keys.json' }).click();
    URL.revokeObjectURL(address);
    this.said = t('sealed.exported');
  }
}

customElements.define('parley-sealed-new', SealedNewView);
customElements.define('parley-sealed-invite', SealedInviteView);
customElements.define('parley-keys', KeysView);
