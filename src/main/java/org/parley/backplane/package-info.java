/**
 * How nodes tell each other what they did.
 *
 * <p>What belongs here: adapters of {@link org.parley.hub.Backplane}, one broker each, and how an announcement looks as
 * text. What does not: a room's members or its history, and anything that would make correctness depend on a message of a
 * broker: the log is the truth.
 */
package org.parley.backplane;
