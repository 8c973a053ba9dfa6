package org.parley.sample;

import java.math.BigInteger;

import org.parley.endpoint.Frame;
import org.parley.hub.Broadcast;
import org.parley.hub.Message;
import org.parley.json.InvalidJsonException;
import org.parley.json.Json;

/** A text that goes through a room, where every body is a JSON object. */
public record Line(String text) {
    static final String ROOM = "_clients";
    static final Broadcast.Encoding<Frame> FRAMES =
            Face.encoding(message -> of(message).text(), null, why -> "Error: " + why);

    /** Whether it is a long in decimal ASCII digits; Long.parseLong would also take a plus and digits of other scripts. */
    static boolean isClient(String id) {
        return id.matches("-?[0-9]{1,19}") && new BigInteger(id).bitLength() < Long.SIZE;
    }

    static Line of(Message message) {
        try {
            return Json.read(message.body(), Line.class);
        } catch (InvalidJsonException e) {
            throw new IllegalStateException("The room holds what no endpoint wrote", e);
        }
    }

    String json() {
        return Json.write(this);
    }
}
