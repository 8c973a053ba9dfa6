import { css } from '../../lib/lit-element/lit-element.js';

export const composerStyles = css`
  :host {
    display: block;
    position: relative;
    padding: var(--space-2) var(--space-4) max(var(--space-3), env(safe-area-inset-bottom));
  }

  form {
    display: flex;
    align-items: flex-end;
    gap: var(--space-2);
    padding: var(--space-1);
    border: 1px solid var(--line-strong);
    border-radius: var(--round-large);
    background: var(--raised);
  }

  form:focus-within {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }

  textarea {
    flex: 1;
    min-width: 0;
    min-height: 2.5rem;
    max-height: 13.75rem;
    border: 0;
    background: none;
    resize: none;
  }

  /* The frame around it shows the focus. */
  textarea:focus-visible {
    outline: none;
  }

  .about {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    padding: 0 var(--space-3) var(--space-1);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .about p {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .about button {
    width: 1.75rem;
    min-height: 1.75rem;
  }

  .under {
    display: flex;
    justify-content: space-between;
    gap: var(--space-3);
    min-height: 1.25rem;
    padding: var(--space-1) var(--space-3) 0;
    font-size: 0.75rem;
  }

  form button.icon {
    border-radius: 0.75rem;
  }

  [role='listbox'] {
    position: absolute;
    z-index: 3;
    inset-inline: var(--space-4);
    bottom: calc(100% - var(--space-1));
    max-width: 24rem;
    padding: var(--space-1);
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--raised);
    box-shadow: var(--shadow);
  }

  [role='option'] {
    min-height: 2rem;
    padding: var(--space-1) var(--space-2);
    border-radius: 0.4375rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }

  [role='option'][aria-selected='true'] {
    background: var(--accent-soft);
    color: var(--accent);
    font-weight: 550;
  }

  @media (forced-colors: active) {
    [role='option'][aria-selected='true'] {
      outline: 2px solid Highlight;
    }
  }

  @media (max-width: 30rem) {
    :host {
      padding-inline: var(--space-2);
    }

    .hint {
      display: none;
    }
  }
`;
