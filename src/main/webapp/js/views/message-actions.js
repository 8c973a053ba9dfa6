import { css, html, nothing } from '../../lib/lit-element/lit-element.js';
import { t } from '../words/words.js';
import { bin, copy, pen, reply, smile } from './icons.js';

export const actionStyles = css`
  .actions {
    position: absolute;
    z-index: 1;
    inset-inline-end: var(--space-3);
    top: -0.875rem;
    display: flex;
    padding: 0.125rem;
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--raised);
    box-shadow: var(--shadow);
  }

  .actions button {
    width: 2rem;
    min-height: 1.875rem;
    padding: 0;
    border-radius: 0.4375rem;
  }

  .actions svg {
    width: 1.125rem;
    height: 1.125rem;
  }
`;

const NAMES = {
  react: ['message.react', smile],
  reply: ['message.reply', reply],
  edit: ['message.edit', pen],
  copy: ['message.copy', copy],
  delete: ['message.delete', bin],
};

/**
 * What can be done to a message. The keys of the row do the same, so Tab may pass these by; they are reachable all the same.
 *
 * @param {object} item
 * @param {{me: object, act: (name: 'react' | 'reply' | 'edit' | 'copy' | 'delete') => void}} options
 */
export function actions(item, { me, act }) {
  const own = item.from === me?.id;
  const names = Object.keys(NAMES).filter((name) => own || (name !== 'edit' && name !== 'delete'));
  return html`<div class="actions" role="toolbar" aria-label=${t('message.more')}>
    ${names.map((name) => {
      const [key, icon] = NAMES[name];
      if (typeof item.body.text !== 'string' && (name === 'edit' || name === 'copy')) return nothing;
      return html`<button class="plain" aria-label=${t(key)} title=${t(key)} @click=${() => act(name)}>${icon}</button>`;
    })}
  </div>`;
}
