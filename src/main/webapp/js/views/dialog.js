import { css, html, LitElement } from '../../lib/lit-element/lit-element.js';
import { t } from '../words/words.js';
import { close } from './icons.js';
import { shared } from './styles.js';

export const dialogStyles = css`
  dialog {
    width: min(28rem, calc(100vw - 1.5rem));
    max-height: min(40rem, calc(100dvh - 1.5rem));
    padding: var(--space-4) var(--space-5) var(--space-5);
    border: 1px solid var(--line);
    border-radius: var(--round-large);
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow);
    overflow-y: auto;
  }

  dialog::backdrop {
    background: var(--shade);
  }

  .top {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    margin-bottom: var(--space-3);
  }

  .top h2 {
    flex: 1;
    font-size: var(--text-large);
    font-weight: 650;
    overflow-wrap: anywhere;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    justify-content: flex-end;
    margin-top: var(--space-4);
  }

  label {
    display: block;
    margin-bottom: var(--space-1);
    font-size: var(--text-small);
    font-weight: 550;
  }

  dialog p + label,
  dialog label + p,
  fieldset {
    margin-top: var(--space-3);
  }
`;

/** Something that is asked in front of the page. Fires `closed`, after what it was about. Escape closes it. */
export class DialogView extends LitElement {
  static styles = [shared, dialogStyles];

  /** @returns {string} what it is called */
  get label() {
    throw new Error('A dialog needs a name.');
  }

  render() {
    return html`<dialog aria-labelledby="label" @close=${() => this.dispatchEvent(new CustomEvent('closed'))} @pointerdown=${this.#outside}>
      <div class="top">
        <h2 id="label">${this.label}</h2>
        <button class="plain icon" aria-label=${t('app.close')} title=${t('app.close')} @click=${this.close}>${close}</button>
      </div>
      ${this.content()}
    </dialog>`;
  }

  firstUpdated() {
    this.dialog.showModal();
    this.renderRoot.querySelector('[autofocus]')?.focus();
  }

  get dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  close() {
    this.dialog.close();
  }

  /** Closes it only if the pointer went down beside it: whoever selects a text may let go anywhere. */
  #outside({ target, currentTarget, clientX, clientY }) {
    if (target !== currentTarget) return;
    const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
    if (clientX < left || clientX > right || clientY < top || clientY > bottom) this.close();
  }
}
