package org.parley;

import java.util.ArrayDeque;
import java.util.Deque;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * One {@code log} room of a {@link ProtocolClient}: the subscription with its position, and the publishes that have no
 * ack. Belongs to the client's thread.
 *
 * <p>Only messages that follow the position without a hole move it; a room has one publish in flight, which keeps its id
 * until it is acked.
 */
final class ProtocolRoom {
    private static final int PAGE = 200;
    private static final long RETRY_MILLIS = 200;

    private record Publish(String id, JsonObject body, boolean first) {}

    private final String name;
    private final ProtocolClient client;
    private final Transcript transcript;
    private final Deque<Publish> publishes = new ArrayDeque<>();
    private String epoch;
    private volatile long seq;
    private long head;
    private String request;
    private boolean joined;
    private boolean inFlight;
    private boolean postponed;

    ProtocolRoom(String name, ProtocolClient client, Transcript transcript) {
        this.name = name;
        this.client = client;
        this.transcript = transcript;
    }

    /** The seq up to which this client has everything; for any thread. */
    long seq() {
        return seq;
    }

    int waiting() {
        return publishes.size();
    }

    boolean joined() {
        return joined;
    }

    boolean caughtUp() {
        return joined && request == null && seq >= head;
    }

    void connected() {
        JsonObjectBuilder join = request("join");
        if (epoch != null) {
            join.add(
                    "since",
                    ProtocolClient.JSON
                            .createObjectBuilder()
                            .add("epoch", epoch)
                            .add("seq", seq));
        }
        client.send(join.build());
    }

    void disconnected() {
        joined = false;
        inFlight = false;
        postponed = false;
        request = null;
    }

    /** Goes back to the beginning of the room, as a client would that has only now heard of the epoch. */
    void rewind() {
        seq = 0;
        transcript.start(name, new Transcript.Start(epoch, 0));
        connected();
    }

    void publish(String id, JsonObject body) {
        publishes.add(new Publish(id, body, true));
        pump();
    }

    /** @return whether the frame was this room's */
    boolean receive(JsonObject frame) {
        String id = frame.getString("id", null);
        if (id != null && inFlight && id.equals(publishes.getFirst().id())) {
            answered(frame);
            return true;
        }
        if (!name.equals(frame.getString("room", null)) && !(id != null && id.equals(request))) {
            return false;
        }
        switch (frame.getString("type")) {
            case "joined" -> joined(frame, id);
            case "history" -> pulled(frame, id);
            case "messages" -> pushed(frame);
            case "error" -> failed(frame, id);
            case "left" -> removed(frame);
            default -> {}
        }
        return true;
    }

    private void joined(JsonObject frame, String id) {
        if (!id.equals(request)) {
            return;
        }
        request = null;
        joined = true;
        String now = frame.getString("epoch");
        head = number(frame, "seq");
        if (epoch == null) {
            epoch = now;
            seq = head;
            if (!client.fromTheStart()) {
                transcript.start(name, new Transcript.Start(epoch, head));
            } else if (head > 0) {
                rewind();
                return;
            } else {
                transcript.start(name, new Transcript.Start(epoch, 0));
            }
        } else if (frame.getBoolean("recovered") && now.equals(epoch)) {
            take(frame);
        } else {
            gap(now, head);
        }
        if (frame.getBoolean("more") || seq < head) {
            pull();
        }
        pump();
    }

    private void gap(String toEpoch, long to) {
        transcript.add(new Transcript.Gap(name, epoch, seq, toEpoch, to));
        epoch = toEpoch;
        seq = to;
    }

    private void pull() {
        client.send(request("history").add("after", seq).add("limit", PAGE).build());
    }

    private void pulled(JsonObject frame, String id) {
        if (!id.equals(request)) {
            return;
        }
        request = null;
        long before = seq;
        if (frame.getBoolean("recovered")) {
            take(frame);
        } else {
            gap(frame.getString("epoch"), number(frame, "seq"));
        }
        boolean more = frame.getBoolean("more");
        if (more && seq == before) {
            client.later(RETRY_MILLIS, this::pull);
        } else if (more || (seq < head && seq > before)) {
            pull();
        } else {
            head = seq;
        }
    }

    private void pushed(JsonObject frame) {
        if (!joined) {
            return;
        }
        if (!frame.getString("epoch").equals(epoch)) {
            connected();
            return;
        }
        take(frame);
        if (seq < head && request == null) {
            pull();
        }
    }

    /** What follows the position is delivered, what was there already is dropped, what lies behind a hole waits. */
    private void take(JsonObject frame) {
        for (JsonObject message : frame.getJsonArray("messages").getValuesAs(JsonObject.class)) {
            long number = number(message, "seq");
            head = Math.max(head, number);
            if (number == seq + 1) {
                transcript.add(new Transcript.Delivered(
                        name,
                        epoch,
                        number,
                        message.getString("id"),
                        message.getString("from"),
                        message.getString("kind"),
                        message.getJsonObject("body").toString()));
                seq = number;
            }
        }
    }

    private void failed(JsonObject frame, String id) {
        if (id == null || !id.equals(request)) {
            return;
        }
        request = null;
        if (!frame.getBoolean("retryable")) {
            client.fail("room " + name + " was refused: " + frame);
        }
        transcript.refused(frame.getString("name"));
        client.later(delay(frame), joined ? this::pull : this::connected);
    }

    private void removed(JsonObject frame) {
        disconnected();
        if (frame.getBoolean("rejoin", false)) {
            client.later(RETRY_MILLIS, this::connected);
        } else {
            client.fail("put out of room " + name + ": " + frame);
        }
    }

    private void answered(JsonObject frame) {
        inFlight = false;
        if (frame.getString("type").equals("ack")) {
            Publish publish = publishes.removeFirst();
            transcript.add(new Transcript.Acked(
                    name, publish.id(), frame.getString("epoch"), number(frame, "seq"), frame.getBoolean("duplicate")));
            pump();
        } else if (frame.getBoolean("retryable")) {
            transcript.refused(frame.getString("name"));
            postponed = true;
            client.later(delay(frame), () -> {
                postponed = false;
                pump();
            });
        } else {
            client.fail("a publish was refused: " + frame);
        }
    }

    private void pump() {
        if (!joined || inFlight || postponed || publishes.isEmpty()) {
            return;
        }
        Publish publish = publishes.removeFirst();
        publishes.addFirst(new Publish(publish.id(), publish.body(), false));
        if (publish.first()) {
            transcript.add(
                    new Transcript.Sent(name, publish.id(), publish.body().toString()));
        }
        inFlight = client.send(ProtocolClient.JSON
                .createObjectBuilder()
                .add("type", "publish")
                .add("id", publish.id())
                .add("room", name)
                .add("kind", "text")
                .add("body", publish.body())
                .build());
    }

    private JsonObjectBuilder request(String type) {
        request = client.nextRequest();
        return ProtocolClient.JSON
                .createObjectBuilder()
                .add("type", type)
                .add("id", request)
                .add("room", name);
    }

    private static long delay(JsonObject frame) {
        return Math.max(
                RETRY_MILLIS,
                frame.containsKey("retryAfterMs")
                        ? frame.getJsonNumber("retryAfterMs").longValue()
                        : 0);
    }

    private static long number(JsonObject frame, String name) {
        return frame.getJsonNumber(name).longValue();
    }
}
