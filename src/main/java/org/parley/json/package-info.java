/**
 * JSON text before it is bound: what must be refused before a parser allocates for it.
 *
 * <p>What belongs here: checks that hold for any JSON from outside. What does not: the shape of a frame.
 */
package org.parley.json;
