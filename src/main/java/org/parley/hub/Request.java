package org.parley.hub;

/** What a connection asks for and may be refused: see {@link Answers#answer}. */
@FunctionalInterface
interface Request {
    void run() throws RefusedException, LogUnavailableException;
}
