import { css, html, nothing } from '../../lib/lit-element/lit-element.js';
import { picture } from '../store/picture.js';
import { shownName } from '../store/said.js';
import { t } from '../words/words.js';
import { DialogView, dialogStyles } from './dialog.js';
import { fileAddress } from './file.js';
import { shared } from './styles.js';

/** A picture as large as the window. Escape closes it, and whoever opened it has the focus again. */
export class LightboxView extends DialogView {
  static properties = {
    /** The body of a message of the kind `file` with a picture. */
    file: {},
    /** `() => Promise<Blob>`: of a sealed room, where the server has only the sealed form. */
    open: {},
    address: { state: true },
    failed: { state: true },
  };

  static styles = [
    shared,
    dialogStyles,
    css`
      dialog {
        width: fit-content;
        max-width: calc(100vw - 1.5rem);
        max-height: calc(100dvh - 1.5rem);
        padding: var(--space-3);
      }

      .top {
        margin-bottom: var(--space-2);
      }

      .top h2 {
        font-size: var(--text);
      }

      img {
        display: block;
        height: auto;
        margin: 0 auto;
        border-radius: var(--round);
        background: var(--sunken);
      }
    `,
  ];

  constructor() {
    super();
    this.failed = false;
    this.address = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#find();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.address?.startsWith('blob:')) URL.revokeObjectURL(this.address);
  }

  async #find() {
    if (this.file.key === undefined) {
      this.address = fileAddress(this.file.file);
      return;
    }
    try {
      const blob = await this.open();
      if (this.isConnected) this.address = URL.createObjectURL(blob);
    } catch (error) {
      if (error.name !== 'Unreadable' && error.name !== 'TransferError') throw error;
      this.failed = true;
    }
  }

  get label() {
    return shownName(this.file.name);
  }

  content() {
    const { width, height } = picture(this.file);
    if (this.failed) return html`<p role="alert">${t('files.no-picture')}</p>`;
    const room = `width: min(${width}px, 100vw - 3rem, (100dvh - 7.5rem) * ${width / height})`;
    return html`<img
      .style=${room}
      src=${this.address ?? nothing}
      width=${width}
      height=${height}
      alt=${this.label}
      @error=${() => (this.failed = true)}
    />`;
  }
}

customElements.define('parley-lightbox', LightboxView);
