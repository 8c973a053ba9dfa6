import { css } from '../../lib/lit-element/lit-element.js';

export const appStyles = css`
  :host {
    display: block;
    height: 100dvh;
  }

  .app {
    display: grid;
    grid-template: 'rooms talk members' minmax(0, 1fr) / 16.5rem minmax(0, 1fr) 15rem;
    height: 100%;
  }

  parley-rooms {
    grid-area: rooms;
  }

  .talk {
    grid-area: talk;
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    border-inline: 1px solid var(--line);
    background: var(--surface);
  }

  parley-members {
    grid-area: members;
  }

  header {
    display: flex;
    align-items: center;
    gap: var(--space-1);
    min-height: 3.75rem;
    padding: 0 var(--space-3) 0 var(--space-4);
    border-bottom: 1px solid var(--line);
  }

  .title {
    flex: 1;
    min-width: 0;
  }

  .topic {
    display: block;
    max-width: 100%;
    overflow: hidden;
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 400;
    line-height: 1.5rem;
    text-align: start;
    text-decoration: none;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  h1 {
    overflow: hidden;
    line-height: 1.3;
    font-size: var(--text-large);
    font-weight: 650;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  h1 span {
    color: var(--ink-soft);
    font-weight: 400;
  }

  parley-timeline {
    flex: 1;
  }

  .empty {
    flex: 1;
    display: grid;
    place-content: center;
    padding: var(--space-5);
    color: var(--ink-soft);
    text-align: center;
  }

  .warning {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    padding: var(--space-1) var(--space-3) var(--space-1) var(--space-4);
    background: var(--danger-soft);
    color: var(--danger);
    font-size: var(--text-small);
  }

  .warning p {
    flex: 1;
  }

  .menu,
  .backdrop {
    display: none;
  }

  .present {
    gap: var(--space-1);
    padding: 0 var(--space-3);
  }

  @media (max-width: 68rem) {
    .app {
      grid-template: 'rooms talk' minmax(0, 1fr) / 16rem minmax(0, 1fr);
    }

    parley-members:not(.open) {
      display: none;
    }

    parley-members.open {
      position: fixed;
      z-index: 2;
      inset-block: 0;
      inset-inline: auto 0;
      width: min(18rem, 86vw);
      box-shadow: var(--shadow);
    }

    .backdrop.open {
      display: block;
      position: fixed;
      z-index: 1;
      inset: 0;
      background: var(--shade);
    }
  }

  @media (min-width: 68.01rem) {
    .present {
      display: none;
    }
  }

  @media (max-width: 46rem) {
    .app {
      grid-template: 'talk' minmax(0, 1fr) / minmax(0, 1fr);
    }

    .talk {
      border: 0;
    }

    header {
      padding-inline: var(--space-2);
    }

    .menu {
      display: inline-flex;
      position: relative;
    }

    .menu.unread::after {
      content: '';
      position: absolute;
      top: 0.5rem;
      inset-inline-end: 0.5rem;
      width: 0.5rem;
      height: 0.5rem;
      border-radius: 50%;
      background: var(--accent);
    }

    parley-rooms:not(.open) {
      display: none;
    }

    parley-rooms.open {
      position: fixed;
      z-index: 2;
      inset-block: 0;
      inset-inline: 0 auto;
      width: min(18rem, 86vw);
      box-shadow: var(--shadow);
    }
  }
`;
