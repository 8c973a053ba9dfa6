package org.parley.endpoint;

import org.parley.hub.Broadcast;
import org.parley.hub.Delivery;
import org.parley.protocol.FrameEncoder;

/** Deliveries as text frames of {@code parley.v1}: one text for all members of a room. */
public record HubEncoding(FrameEncoder encoder) implements Broadcast.Encoding<Frame> {
    @Override
    public Frame encode(Delivery delivery) {
        return Frame.text(encoder.encode(delivery));
    }
}
