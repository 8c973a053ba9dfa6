package org.parley.browser;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;

/** The server's side of {@code parley.files.v1} as a page sees it: it takes as much as a test says. */
final class FakeFiles {
    static final int CHUNK_BYTES = 64 << 10;
    private static final Map<Integer, String> TYPES = Map.of(1, "begin", 2, "chunk", 3, "end", 4, "cancel");

    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final List<WebSocketRoute> sockets = new CopyOnWriteArrayList<>();
    private long window = CHUNK_BYTES;

    void serve(Page page) {
        page.routeWebSocket("**/files", socket -> {
            sockets.add(socket);
            socket.onMessage(frame -> receive(frame.binary()));
            send(
                    16,
                    Json.createObjectBuilder()
                            .add("user", FakeHub.user("guest:me", "Ada", true))
                            .add("heartbeatMs", 20_000)
                            .add(
                                    "limits",
                                    Json.createObjectBuilder()
                                            .add("fileBytes", 1 << 30)
                                            .add("transfers", 8)));
        });
    }

    /** How much the next upload may send before anything is stored of it. */
    FakeFiles window(long bytes) {
        window = bytes;
        return this;
    }

    List<JsonObject> received(String type) {
        return received.stream()
                .filter(frame -> frame.getString("frame").equals(type))
                .toList();
    }

    void ack(String transfer, long have) {
        send(18, Json.createObjectBuilder().add("transfer", transfer).add("have", have));
    }

    void stored(String transfer) {
        send(20, Json.createObjectBuilder().add("transfer", transfer).add("file", transfer));
    }

    void refuse(String transfer, int code, String name) {
        send(
                32,
                Json.createObjectBuilder()
                        .add("transfer", transfer)
                        .add("code", code)
                        .add("name", name)
                        .add("message", "The server's own words.")
                        .add("retryable", false));
    }

    private void receive(byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        frame.get();
        String type = TYPES.get((int) frame.get());
        byte[] header = new byte[frame.getShort()];
        frame.get(header);
        JsonObject fields = Json.createReader(new StringReader(new String(header, StandardCharsets.UTF_8)))
                .readObject();
        received.add(Json.createObjectBuilder(fields).add("frame", type).build());
        if (type.equals("begin")) {
            begin(fields);
        } else if (type.equals("cancel")) {
            send(21, Json.createObjectBuilder().add("transfer", fields.getString("transfer")));
        }
    }

    private void begin(JsonObject begin) {
        send(
                17,
                Json.createObjectBuilder()
                        .add("id", begin.getString("id"))
                        .add(
                                "transfer",
                                begin.getString(
                                        "transfer", "t" + received("begin").size()))
                        .add("chunkBytes", CHUNK_BYTES)
                        .add("window", window)
                        .add("have", 0));
    }

    private void send(int type, JsonObjectBuilder header) {
        byte[] json = header.build().toString().getBytes(StandardCharsets.UTF_8);
        sockets.get(sockets.size() - 1)
                .send(ByteBuffer.allocate(4 + json.length)
                        .put((byte) 1)
                        .put((byte) type)
                        .putShort((short) json.length)
                        .put(json)
                        .array());
    }
}
