package org.parley.hub;

import java.util.Objects;

/**
 * A place in a room's log: everything up to and including {@code seq}, in the numbering named {@code epoch}.
 *
 * @param epoch the life of the numbering, opaque
 * @param seq from 0 (before the first message); two positions compare only within one epoch
 */
public record Position(String epoch, long seq) {
    public Position {
        Objects.requireNonNull(epoch, "epoch");
        if (seq < 0) {
            throw new IllegalArgumentException("seq " + seq + " is negative");
        }
    }
}
