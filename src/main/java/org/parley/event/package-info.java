/**
 * How a line of the log looks. What belongs here: that. What does not: what is worth a line, which is its own package's
 * affair.
 */
package org.parley.event;
