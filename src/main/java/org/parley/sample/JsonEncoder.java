package org.parley.sample;

import jakarta.websocket.Encoder;

import org.parley.json.Json;

/** Any of this package's records as JSON text (JSON-B). */
public final class JsonEncoder implements Encoder.Text<Record> {
    @Override
    public String encode(Record value) {
        return Json.write(value);
    }
}
