package org.parley.sample;

import org.parley.hub.Message;
import org.parley.json.InvalidJsonException;
import org.parley.json.Json;

/** Where the shared switch stands: {@code on} or {@code off}. */
public record Status(String status) {
    static final String ROOM = "_toggle";
    static final Status OFF = new Status("off");

    /** @throws InvalidJsonException if it is not {@code {"status":"on"}} or {@code {"status":"off"}} */
    static Status of(String json) throws InvalidJsonException {
        Status status = Json.read(json, Status.class);
        if (!status.valid()) {
            throw new InvalidJsonException("status must be on or off.");
        }
        return status;
    }

    static Status of(Message message) {
        try {
            return of(message.body());
        } catch (InvalidJsonException e) {
            throw new IllegalStateException("The room holds what no endpoint wrote", e);
        }
    }

    boolean valid() {
        return "on".equals(status) || "off".equals(status);
    }

    String json() {
        return Json.write(this);
    }
}
