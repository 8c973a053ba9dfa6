package org.parley.browser;

import java.io.StringReader;
import java.net.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import com.microsoft.playwright.Page;

import org.parley.ParleyServer;

/** What the server has stored of a room, read with a page's cookie and not with its scripts. */
final class Journal {
    private Journal() {}

    /** The texts of all messages, oldest first. */
    static List<String> texts(Page page, String room) {
        Deque<String> texts = new ArrayDeque<>();
        String query = "";
        while (true) {
            JsonObject history = read(page, "/api/rooms/" + room + "/messages?limit=200" + query);
            List<JsonObject> messages =
                    new ArrayList<>(history.getJsonArray("messages").getValuesAs(JsonObject.class));
            for (int i = messages.size() - 1; i >= 0; i--) {
                texts.addFirst(messages.get(i).getJsonObject("body").getString("text", ""));
            }
            if (history.get("more") != JsonValue.TRUE) {
                return List.copyOf(texts);
            }
            query = "&before=" + messages.get(0).getInt("seq");
        }
    }

    private static JsonObject read(Page page, String path) {
        String cookie = page.context().cookies().stream()
                .filter(each -> each.name.equals("parley"))
                .map(each -> each.name + "=" + each.value)
                .findFirst()
                .orElseThrow();
        HttpRequest.Builder request = HttpRequest.newBuilder(ParleyServer.http(path))
                .header("Cookie", cookie)
                .header("Origin", ParleyServer.http("").toString());
        return Json.createReader(new StringReader(ParleyServer.send(request).body()))
                .readObject();
    }
}
