import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

class Hello {
    static final String SERVER = "http://127.0.0.1:8080";

    public static void main(String[] arguments) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        String cookie = http.send(
                        HttpRequest.newBuilder(URI.create(SERVER + "/api/session"))
                                .header("Content-Type", "application/json")
                                .header("Origin", SERVER)
                                .POST(BodyPublishers.ofString("{\"name\":\"Java\"}"))
                                .build(),
                        BodyHandlers.ofString())
                .headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        CountDownLatch acknowledged = new CountDownLatch(1);
        WebSocket hub = http.newWebSocketBuilder()
                .subprotocols("parley.v1")
                .header("Cookie", cookie)
                .header("Origin", SERVER)
                .buildAsync(URI.create(SERVER.replace("http", "ws") + "/hub"), new WebSocket.Listener() {
                    final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                        text.append(part);
                        if (last) {
                            System.out.println(text);
                            if (text.indexOf("\"type\":\"ack\"") > 0) {
                                acknowledged.countDown();
                            }
                            text.setLength(0);
                        }
                        return WebSocket.Listener.super.onText(socket, part, last);
                    }
                })
                .join();
        hub.sendText("{\"type\":\"join\",\"id\":\"1\",\"room\":\"lobby\"}", true).join();
        hub.sendText("{\"type\":\"publish\",\"id\":\"" + UUID.randomUUID()
                + "\",\"room\":\"lobby\",\"kind\":\"text\",\"body\":{\"text\":\"Hello from Java\"}}", true).join();
        acknowledged.await();
        hub.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
}
