import { css } from '../../lib/lit-element/lit-element.js';

export const timelineStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-height: 0;
  }

  .scroll {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-gutter: stable;
  }

  .scroll:focus-visible {
    outline-offset: -2px;
  }

  .list {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    min-height: 100%;
    padding-bottom: var(--space-3);
  }

  .beginning {
    padding: var(--space-5) var(--space-4) var(--space-2);
    color: var(--ink-soft);
  }

  .beginning h2 {
    color: var(--ink);
    font-size: 1.25rem;
    font-weight: 650;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }

  .day {
    position: sticky;
    z-index: 1;
    top: 0;
    display: flex;
    align-items: center;
    gap: var(--space-3);
    padding: var(--space-2) var(--space-4);
    background: linear-gradient(var(--surface) 75%, transparent);
    color: var(--ink-soft);
    font-size: 0.75rem;
    font-weight: 600;
    pointer-events: none;
  }

  .day::before,
  .day::after,
  .line::before,
  .line::after {
    content: '';
    flex: 1;
    border-top: 1px solid var(--line);
  }

  .line {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    padding: var(--space-2) var(--space-4) 0;
    color: var(--danger);
    font-size: 0.75rem;
    font-weight: 600;
  }

  .line::before,
  .line::after {
    border-color: var(--danger);
  }

  .gap {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0 var(--space-3);
    margin: var(--space-3) var(--space-4);
    padding: var(--space-2) var(--space-3);
    border: 1px dashed var(--warn);
    border-radius: var(--round);
    background: var(--warn-soft);
    color: var(--warn);
    font-size: var(--text-small);
  }

  .gap button {
    min-height: 1.5rem;
    color: inherit;
  }

  .center {
    display: flex;
    justify-content: center;
    padding: var(--space-2);
  }

  .pill {
    position: absolute;
    z-index: 2;
    inset-inline-start: 50%;
    transform: translateX(-50%);
    display: flex;
    max-width: calc(100% - 2rem);
    border-radius: 2rem;
    box-shadow: var(--shadow);
    white-space: nowrap;
  }

  :host(:dir(rtl)) .pill {
    transform: translateX(50%);
  }

  .pill button {
    min-height: 2.25rem;
    border-radius: 2rem;
  }

  .pill.new {
    top: var(--space-2);
    background: var(--accent);
  }

  .pill.new button {
    padding-inline-end: var(--space-2);
  }

  .pill.new button + button {
    width: 2.25rem;
    padding: 0;
  }

  .pill.latest {
    bottom: var(--space-3);
  }
`;
